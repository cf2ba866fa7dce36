package org.mckms.mikeysakke.mikey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * What comes with a distributed key (TS 33.180 clause E.6), protected by it.
 *
 * @param purpose key type
 * @param revoked whether neither the key nor its identifier may be used any more
 * @param sharedWithGateway whether a security gateway has the key too
 * @param activation whole seconds after 1970; empty for the timestamp of the message
 * @param expiry whole seconds after 1970, before 2100; empty for a key that does not expire
 * @param text for people
 * @param groupIds URIs of the groups that the key serves, up to 255; empty unless {@link KeyPurpose#hasGroups}. With the text up to
 *     32768 octets of UTF-8, so that they fit into a message
 */
public record KeyParameters(
        KeyPurpose purpose,
        boolean revoked,
        boolean sharedWithGateway,
        Optional<Instant> activation,
        Optional<Instant> expiry,
        String text,
        List<String> groupIds) {
    /** What is later never comes: 2100-01-01T00:00:00Z. */
    static final Instant FAR = Instant.ofEpochSecond(4_102_444_800L);

    private static final int MAX_OCTETS = 0x8000;
    private static final int MAX_GROUPS = 0xFF;

    /**
     * Checks the ranges.
     *
     * @throws InvalidValueException if a time, the text or a group is out of range, or the purpose has no groups
     */
    public KeyParameters {
        groupIds = List.copyOf(groupIds);
        activation.ifPresent(time -> requireTime(time, "activation"));
        expiry.ifPresent(time -> requireTime(time, "expiry"));
        if (!purpose.hasGroups() && !groupIds.isEmpty()) {
            throw new InvalidValueException("parameters of a " + purpose + " have no groups");
        }
        requireSize(groupIds.size(), 0, MAX_GROUPS, "list of groups");
        int octets = Octets.ofUtf8(text).size();
        for (String group : groupIds) {
            int size = Octets.ofUtf8(group).size();
            requireSize(size, 1, MAX_OCTETS, "group URI");
            octets += size;
        }
        requireSize(octets, 0, MAX_OCTETS, "text with group URIs");
    }

    /** Those of a key that serves these groups from the timestamp of its message on, without end. */
    public static KeyParameters of(KeyPurpose purpose, List<String> groupIds) {
        return new KeyParameters(purpose, false, false, Optional.empty(), Optional.empty(), "", groupIds);
    }

    private static void requireTime(Instant time, String name) {
        if (time.getEpochSecond() < 1 || time.getNano() != 0 || !time.isBefore(FAR)) {
            throw new InvalidValueException(name + " is not a whole second after 1970 and before 2100");
        }
    }

    private static void requireSize(int size, int least, int most, String name) {
        if (size < least || size > most) {
            throw new InvalidValueException(name + " has size " + size + ", not " + least + " to " + most);
        }
    }
}
