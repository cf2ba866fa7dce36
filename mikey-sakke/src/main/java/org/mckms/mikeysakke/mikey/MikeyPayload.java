package org.mckms.mikeysakke.mikey;

import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.sakke.EncapsulatedData;

/** A payload between header and SIGN. Each begins with the type of the one that follows it, which is written and read by the chain. */
sealed interface MikeyPayload {
    /** Payload types (RFC 3830 clause 6.1, RFC 6043, RFC 6509). */
    int SIGN = 4;

    int T = 5;
    int SP = 10;
    int RAND = 11;
    int IDR = 14;
    int EXTENSION = 21;
    int SAKKE = 26;

    String NEXT = "next payload";

    /** The type by which the payload before names this one. */
    int type();

    /** Writes all that follows the type of the next payload. */
    void encode(OctetWriter out);

    /** T. */
    record Timestamp(NtpTimestamp time) implements MikeyPayload {
        private static final int NTP_UTC = 0;

        static Timestamp decode(OctetReader in) {
            in.require(NTP_UTC, "TS type");
            return new Timestamp(
                    NtpTimestamp.parse(in.octets(Long.BYTES, "TS value").toHex()));
        }

        @Override
        public int type() {
            return T;
        }

        @Override
        public void encode(OctetWriter out) {
            out.u8(NTP_UTC).octets(Octets.fromHex(time.toHex()));
        }
    }

    /** RAND, 16 octets or more. */
    record Random(Octets rand) implements MikeyPayload {
        static Random decode(OctetReader in) {
            int length = in.u8("RAND length");
            if (length < KeyToSend.MIN_RAND_OCTETS) {
                throw in.value(1, "RAND has " + length + " octets, not " + KeyToSend.MIN_RAND_OCTETS + " or more");
            }
            return new Random(in.octets(length, "RAND"));
        }

        @Override
        public int type() {
            return RAND;
        }

        @Override
        public void encode(OctetWriter out) {
            out.u8(rand.size()).octets(rand);
        }
    }

    /** IDR with ID type, 1 URI or 2 byte string. */
    record Identity(int role, int idType, Octets data) implements MikeyPayload {
        static final int URI = 1;

        private static final int BYTE_STRING = 2;
        private static final int INITIATOR = 1;
        private static final int RESPONDER = 2;
        private static final int INITIATOR_KMS = 6;
        private static final int RESPONDER_KMS = 7;
        private static final int HIDDEN_INITIATOR = 8;
        private static final int HIDDEN_RESPONDER = 9;
        private static final int SOME_KMS = 3;

        static Identity initiator(MikeyIdentity identity) {
            return new Identity(identity.hidden() ? HIDDEN_INITIATOR : INITIATOR, URI, identity.octets());
        }

        static Identity responder(MikeyIdentity identity) {
            return new Identity(identity.hidden() ? HIDDEN_RESPONDER : RESPONDER, URI, identity.octets());
        }

        static Identity initiatorKms(String kmsUri) {
            return new Identity(INITIATOR_KMS, URI, MikeyIdentity.uri(kmsUri).octets());
        }

        static Identity responderKms(String kmsUri) {
            return new Identity(RESPONDER_KMS, URI, MikeyIdentity.uri(kmsUri).octets());
        }

        /** An identity at the place of {@code part}. A UID may have ID type 2, byte string, too. */
        static Identity decode(OctetReader in, MikeyPart part, MikeyLeniency leniency) {
            int role = in.u8("ID role");
            boolean hidden = part == MikeyPart.IDR_INITIATOR && role == HIDDEN_INITIATOR
                    || part == MikeyPart.IDR_RESPONDER && role == HIDDEN_RESPONDER;
            if (!hidden && role != plainRole(part) && !isSomeKms(part, role, leniency)) {
                throw in.value(1, "ID role " + role + " stands in the place of " + part.name());
            }
            int idType = in.u8("ID type");
            if (idType != URI && !(hidden && idType == BYTE_STRING)) {
                throw in.value(1, "ID type is " + idType + ", not " + URI);
            }
            int length = in.u16("ID length");
            Octets data = in.octets(length, "ID data");
            try {
                new MikeyIdentity(data, hidden).uri();
            } catch (InvalidValueException e) {
                throw in.value(length, part.name() + ": " + e.getMessage());
            }
            return new Identity(role, idType, data);
        }

        private static int plainRole(MikeyPart part) {
            return switch (part) {
                case IDR_INITIATOR -> INITIATOR;
                case IDR_RESPONDER -> RESPONDER;
                case IDR_INITIATOR_KMS -> INITIATOR_KMS;
                default -> RESPONDER_KMS;
            };
        }

        private static boolean isSomeKms(MikeyPart part, int role, MikeyLeniency leniency) {
            return (part == MikeyPart.IDR_INITIATOR_KMS || part == MikeyPart.IDR_RESPONDER_KMS)
                    && role == SOME_KMS
                    && leniency.accepts(Deviation.KMS_ROLES_BY_ORDER);
        }

        MikeyIdentity identity() {
            return new MikeyIdentity(data, role == HIDDEN_INITIATOR || role == HIDDEN_RESPONDER);
        }

        @Override
        public int type() {
            return IDR;
        }

        @Override
        public void encode(OctetWriter out) {
            out.u8(role).u8(idType).u16(data.size()).octets(data);
        }
    }

    /** SP with protocol type SRTP. */
    record Policy(SecurityPolicy policy) implements MikeyPayload {
        private static final int SRTP = 0;

        static Policy decode(OctetReader in) {
            int number = in.u8("policy no");
            in.require(SRTP, "prot type");
            int length = in.u16("policy params length");
            OctetReader params = in.inner(length, MikeyPart.SP);
            List<SecurityPolicy.Parameter> parameters = new ArrayList<>();
            while (params.left() > 0) {
                int type = params.u8("policy param type");
                if (parameters.stream().anyMatch(parameter -> parameter.type() == type)) {
                    throw params.value(1, "policy param " + type + " is there twice");
                }
                Octets value = params.octets(params.u8("policy param length"), "policy param value");
                parameters.add(new SecurityPolicy.Parameter(type, value));
            }
            return new Policy(new SecurityPolicy(number, parameters));
        }

        @Override
        public int type() {
            return SP;
        }

        @Override
        public void encode(OctetWriter out) {
            out.u8(policy.number()).u8(SRTP).u16(policy.size());
            policy.parameters().forEach(parameter -> out.u8(parameter.type())
                    .u8(parameter.value().size())
                    .octets(parameter.value()));
        }
    }

    /** SAKKE with parameter set 1 and ID scheme 2, the hashed UID. */
    record Sakke(EncapsulatedData data) implements MikeyPayload {
        private static final int PARAMETER_SET_1 = 1;
        private static final int HASHED_UID = 2;

        static Sakke decode(OctetReader in) {
            in.require(PARAMETER_SET_1, "SAKKE params");
            in.require(HASHED_UID, "ID scheme");
            int length = in.u16("SAKKE data length");
            if (length != EncapsulatedData.OCTETS) {
                throw in.value(2, "SAKKE data has " + length + " octets, not " + EncapsulatedData.OCTETS);
            }
            return new Sakke(new EncapsulatedData(in.octets(length, "SAKKE data")));
        }

        @Override
        public int type() {
            return SAKKE;
        }

        @Override
        public void encode(OctetWriter out) {
            out.u8(PARAMETER_SET_1).u8(HASHED_UID).u16(EncapsulatedData.OCTETS).octets(data.octets());
        }
    }

    /** General extension. */
    record Extension(int extensionType, Octets data) implements MikeyPayload {
        static final int SAKKE_TO_SELF = 6;
        static final int KEY_PARAMETERS = 7;

        /** A SAKKE payload as the last of its chain, in an extension (TS 33.180 clause E.5). */
        static Extension toSelf(EncapsulatedData data) {
            OctetWriter out = new OctetWriter();
            out.u8(0);
            new Sakke(data).encode(out);
            return new Extension(SAKKE_TO_SELF, out.toOctets());
        }

        /** What {@link #toSelf} wrote and the reader let pass. */
        static EncapsulatedData fromSelf(Octets data) {
            OctetReader in = OctetReader.of(data, MikeyPart.SAKKE_TO_SELF, OctetReader.NOBODY);
            in.u8(NEXT);
            return Sakke.decode(in).data();
        }

        @Override
        public int type() {
            return EXTENSION;
        }

        @Override
        public void encode(OctetWriter out) {
            out.u8(extensionType).u16(data.size()).octets(data);
        }
    }

    /** The header of SIGN, with which the signed octets end: ECCSI and the length of a signature. */
    int SIGN_HEADER = 2 << 12 | EccsiSignature.OCTETS;
}
