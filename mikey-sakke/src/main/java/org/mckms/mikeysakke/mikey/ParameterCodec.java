package org.mckms.mikeysakke.mikey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MikeyRefusedException.Reason;

/**
 * The content of the key parameters (TS 33.180 table E.6.1-1): key type (1), status (4), activation (5), expiry (5), text (2+n) and,
 * for keys of groups, the list of them (2+n). Octets that follow are reserved and ignored.
 */
final class ParameterCodec {
    private static final int STATUS_OCTETS = 4;
    private static final int TIME_OCTETS = 5;
    private static final int NOT_REVOKED = 1;
    private static final int SHARED = 2;

    /** IEI of an MCData group ID (TS 24.282 clause 15.2.14). */
    private static final int GROUP_ID = 0x7B;

    /** Key type, status, activation, expiry: all of an older, unprotected form. */
    private static final int SHORT_OCTETS = 15;

    /** Another unprotected form: the key type, counted from 1, and 16 octets without meaning. */
    private static final int LEGACY_OCTETS = 17;

    private ParameterCodec() {}

    static Octets encode(KeyParameters parameters) {
        OctetWriter out = new OctetWriter().u8(parameters.purpose().tag());
        out.u16(0).u16((parameters.revoked() ? 0 : NOT_REVOKED) | (parameters.sharedWithGateway() ? SHARED : 0));
        out.u40(seconds(parameters.activation())).u40(seconds(parameters.expiry()));
        Octets text = Octets.ofUtf8(parameters.text());
        out.u16(text.size()).octets(text);
        if (parameters.purpose().hasGroups()) {
            Octets groups = groups(parameters.groupIds());
            out.u16(groups.size()).octets(groups);
        }
        return out.toOctets();
    }

    private static long seconds(Optional<Instant> time) {
        return time.map(Instant::getEpochSecond).orElse(0L);
    }

    private static Octets groups(List<String> groupIds) {
        OctetWriter out = new OctetWriter().u8(groupIds.size());
        for (String groupId : groupIds) {
            Octets uri = Octets.ofUtf8(groupId);
            out.u8(GROUP_ID).u16(uri.size()).octets(uri);
        }
        return out.toOctets();
    }

    /**
     * Reads the content.
     *
     * @throws MikeyRefusedException MALFORMED_PARAMETERS
     */
    static KeyParameters decode(Octets content, MikeyLeniency leniency) {
        return reading(() -> {
            OctetReader in = OctetReader.of(content, MikeyPart.KEY_PARAMETERS, OctetReader.NOBODY);
            KeyParameters times = fixedPart(in, leniency);
            String text = Utf8.text(in.octets(in.u16("text length"), "text"));
            List<String> groups = times.purpose().hasGroups() ? groups(in) : List.of();
            return new KeyParameters(
                    times.purpose(),
                    times.revoked(),
                    times.sharedWithGateway(),
                    times.activation(),
                    times.expiry(),
                    text,
                    groups);
        });
    }

    /** Whether unprotected data has the size of a form that is known. */
    static boolean isUnprotectedForm(Octets data) {
        return data.size() == SHORT_OCTETS || data.size() == LEGACY_OCTETS;
    }

    /**
     * Reads one of the unprotected forms.
     *
     * @throws MikeyRefusedException MALFORMED_PARAMETERS
     */
    static KeyParameters decodeUnprotected(Octets data, MikeyLeniency leniency) {
        return reading(() -> {
            OctetReader in = OctetReader.of(data, MikeyPart.KEY_PARAMETERS, OctetReader.NOBODY);
            return data.size() == LEGACY_OCTETS
                    ? KeyParameters.of(purpose(in, in.u8("key type") - 1), List.of())
                    : fixedPart(in, leniency);
        });
    }

    private interface Reading {
        KeyParameters read();
    }

    private static KeyParameters reading(Reading reading) {
        try {
            return reading.read();
        } catch (MalformedMikeyException | InvalidValueException e) {
            throw new MikeyRefusedException(Reason.MALFORMED_PARAMETERS, "key parameters: " + e.getMessage());
        }
    }

    private static KeyParameters fixedPart(OctetReader in, MikeyLeniency leniency) {
        KeyPurpose purpose = purpose(in, in.u8("key type"));
        int status = in.octets(STATUS_OCTETS, "status").at(STATUS_OCTETS - 1);
        boolean revoked = (status & NOT_REVOKED) == 0 && !leniency.accepts(Deviation.STATUS_IGNORED);
        Optional<Instant> activation = time(in, "activation time");
        Optional<Instant> expiry = time(in, "expiry time").filter(time -> time.isBefore(KeyParameters.FAR));
        return new KeyParameters(purpose, revoked, (status & SHARED) != 0, activation, expiry, "", List.of());
    }

    private static KeyPurpose purpose(OctetReader in, int type) {
        return KeyPurpose.ofTag(type).orElseThrow(() -> in.value(1, "key type " + type + " is not known"));
    }

    private static Optional<Instant> time(OctetReader in, String name) {
        Octets octets = in.octets(TIME_OCTETS, name);
        long seconds = 0;
        for (int i = 0; i < TIME_OCTETS; i++) {
            seconds = seconds << Byte.SIZE | octets.at(i) & 0xFF;
        }
        return seconds > 0 ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    }

    private static List<String> groups(OctetReader in) {
        OctetReader list = in.inner(in.u16("group IDs length"), MikeyPart.KEY_PARAMETERS);
        int count = list.u8("number of groups");
        List<String> groups = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.require(GROUP_ID, "IEI of a group ID");
            groups.add(Utf8.text(list.octets(list.u16("group ID length"), "group ID")));
        }
        list.requireEnd();
        return groups;
    }
}
