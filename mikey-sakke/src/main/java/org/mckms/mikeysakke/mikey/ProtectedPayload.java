package org.mckms.mikeysakke.mikey;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;

/**
 * The key parameters as an MCData protected payload (TS 33.180 clauses E.6.1 and 8.5.4).
 *
 * @param head message type, date and time, payload ID, payload sequence number, payload algorithm, IV and DPPK-ID: 32 octets, the
 *     additional data of AES-GCM
 * @param iei 1 octet before the length; no value is published, senders use 0 and any is accepted
 * @param sealed ciphertext and 16 octets of tag
 */
record ProtectedPayload(Octets head, int iei, Octets sealed) {
    static final int IV_OCTETS = 16;
    static final int TAG_OCTETS = 16;

    /** Message type DATA PAYLOAD, encrypted (TS 24.282 clause 15.2.2). */
    private static final int MESSAGE_TYPE = 0x43;

    private static final int ENCRYPTED = 0x40;
    private static final int TIME_OCTETS = 5;
    private static final int PAYLOAD_ID_OCTETS = 4;
    private static final int AES_128_GCM = 1;
    private static final int EMITTED_IEI = 0;
    private static final int IV_START = 12;
    private static final int HEAD_OCTETS = IV_START + IV_OCTETS + KeyIdentifier.OCTETS;

    /** Whether data of an extension begins as a protected payload does; other forms are older. */
    static boolean isProtected(Octets data) {
        return data.size() > 0 && (data.at(0) & ENCRYPTED) != 0;
    }

    /** The head to be emitted: payload ID and sequence number 0, time that of the message. */
    static Octets head(NtpTimestamp time, Octets iv, KeyIdentifier dppkId) {
        return new OctetWriter()
                .u8(MESSAGE_TYPE)
                .u40(time.toInstant().getEpochSecond())
                .octets(Octets.copyOf(new byte[PAYLOAD_ID_OCTETS + 1]))
                .u8(AES_128_GCM)
                .octets(iv)
                .octets(dppkId.octets())
                .toOctets();
    }

    static ProtectedPayload of(Octets head, Octets sealed) {
        return new ProtectedPayload(head, EMITTED_IEI, sealed);
    }

    /** Reads all that is left. The time, the payload ID and the sequence number may be anything. */
    static ProtectedPayload decode(OctetReader in, KeyIdentifier csbId) {
        Octets head = in.peek(HEAD_OCTETS);
        int messageType = in.u8("message type");
        if ((messageType & ENCRYPTED) == 0) {
            throw in.value(1, "message type " + messageType + " is not that of an encrypted payload");
        }
        in.octets(TIME_OCTETS, "date and time");
        in.octets(PAYLOAD_ID_OCTETS, "payload ID");
        in.u8("payload sequence number");
        in.require(AES_128_GCM, "payload algorithm");
        in.octets(IV_OCTETS, "IV");
        if (!in.octets(KeyIdentifier.OCTETS, "DPPK-ID").equals(csbId.octets())) {
            throw in.value(KeyIdentifier.OCTETS, "DPPK-ID is not the CSB ID");
        }
        int iei = in.u8("IEI");
        int length = in.u16("length");
        if (length < TAG_OCTETS) {
            throw in.value(2, "ciphertext and tag have " + length + " octets, the tag alone " + TAG_OCTETS);
        }
        Octets sealed = in.octets(length, "ciphertext and tag");
        in.requireEnd();
        return new ProtectedPayload(head, iei, sealed);
    }

    Octets encode() {
        return new OctetWriter()
                .octets(head)
                .u8(iei)
                .u16(sealed.size())
                .octets(sealed)
                .toOctets();
    }

    Octets iv() {
        return head.slice(IV_START, IV_START + IV_OCTETS);
    }

    KeyIdentifier dppkId() {
        return KeyIdentifier.of(head.slice(IV_START + IV_OCTETS, HEAD_OCTETS));
    }
}
