package org.mckms.mikeysakke.mikey;

import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/** The crypto sessions of a message (TS 33.180 clause E.1.3). */
public sealed interface CsIdMap {
    /** No sessions, map type 1: the default security policy of the key. */
    record Empty() implements CsIdMap {
        static final int TYPE = 1;

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int count() {
            return 0;
        }
    }

    /**
     * GENERIC-ID, map type 2.
     *
     * @param sessions 1 to 255
     */
    record GenericId(List<CryptoSession> sessions) implements CsIdMap {
        static final int TYPE = 2;

        /**
         * Checks the number.
         *
         * @throws InvalidValueException if it is out of range
         */
        public GenericId {
            sessions = List.copyOf(sessions);
            requireCount(sessions.size());
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int count() {
            return sessions.size();
        }
    }

    /**
     * SRTP-ID, map type 0.
     *
     * @param sessions 1 to 255
     */
    record SrtpId(List<SrtpSession> sessions) implements CsIdMap {
        static final int TYPE = 0;

        /**
         * Checks the number.
         *
         * @throws InvalidValueException if it is out of range
         */
        public SrtpId {
            sessions = List.copyOf(sessions);
            requireCount(sessions.size());
        }

        @Override
        public int type() {
            return TYPE;
        }

        @Override
        public int count() {
            return sessions.size();
        }
    }

    /** CS ID map type. */
    int type();

    /** #CS. */
    int count();

    private static void requireCount(int count) {
        if (count < 1 || count > 0xFF) {
            throw new InvalidValueException("a map of " + count + " crypto sessions, not 1 to 255");
        }
    }

    /** #CS, the type and the entries. */
    static CsIdMap decode(OctetReader in, MikeyLeniency leniency) {
        int count = in.u8("#CS");
        int type = in.u8("CS ID map type");
        boolean allowed =
                switch (type) {
                    case Empty.TYPE -> count == 0;
                    case GenericId.TYPE -> count > 0;
                    case SrtpId.TYPE -> count > 0 && leniency.accepts(Deviation.SRTP_ID_MAP);
                    default -> false;
                };
        if (!allowed) {
            throw in.value(1, "CS ID map type " + type + " with " + count + " crypto sessions");
        }
        in.enter(MikeyPart.CS_ID_MAP);
        return switch (type) {
            case GenericId.TYPE -> new GenericId(genericEntries(in, count));
            case SrtpId.TYPE -> new SrtpId(srtpEntries(in, count));
            default -> new Empty();
        };
    }

    private static List<CryptoSession> genericEntries(OctetReader in, int count) {
        List<CryptoSession> sessions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int csId = in.u8("CS ID");
            if (sessions.stream().anyMatch(session -> session.csId() == csId)) {
                throw in.value(1, "CS ID " + csId + " is there twice");
            }
            in.require(0, "Prot type");
            int policyBits = in.u8("S and #P");
            List<Integer> policies = new ArrayList<>();
            for (int p = 0; p < (policyBits & 0x7F); p++) {
                policies.add(in.u8("policy number"));
            }
            Octets data = in.octets(in.u16("session data length"), "session data");
            Octets spi = in.octets(in.u8("SPI length"), "SPI");
            sessions.add(new CryptoSession(csId, policyBits > 0x7F, policies, data, spi));
        }
        return sessions;
    }

    private static List<SrtpSession> srtpEntries(OctetReader in, int count) {
        List<SrtpSession> sessions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sessions.add(new SrtpSession(
                    in.u8("policy number"),
                    in.octets(SrtpSession.WORD_OCTETS, "SSRC"),
                    in.octets(SrtpSession.WORD_OCTETS, "ROC")));
        }
        return sessions;
    }

    /** Writes what {@link #decode} reads. */
    static void encode(CsIdMap map, OctetWriter out) {
        out.u8(map.count()).u8(map.type());
        if (map instanceof GenericId generic) {
            generic.sessions().forEach(session -> encode(session, out));
        } else if (map instanceof SrtpId srtp) {
            srtp.sessions()
                    .forEach(session ->
                            out.u8(session.policy()).octets(session.ssrc()).octets(session.roc()));
        }
    }

    private static void encode(CryptoSession session, OctetWriter out) {
        int sBit = session.withSessionData() ? 0x80 : 0;
        out.u8(session.csId()).u8(0).u8(sBit | session.policies().size());
        session.policies().forEach(out::u8);
        out.u16(session.sessionData().size()).octets(session.sessionData());
        out.u8(session.spi().size()).octets(session.spi());
    }
}
