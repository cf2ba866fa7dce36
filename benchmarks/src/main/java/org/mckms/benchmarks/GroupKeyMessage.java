package org.mckms.benchmarks;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The octets of a group key message, as far as they cost time: the length of a MIKEY-SAKKE I_MESSAGE with its random value, the
 * encapsulated group key, and the signature over all of it. Payloads that are the same for each receiver are zeroes.
 */
public final class GroupKeyMessage {
    /** Common header with one CS ID map entry, timestamp, and RAND payload, without its 16 random octets. */
    private static final int HEADER_OCTETS = 32;

    private static final int RAND_OCTETS = 16;
    /** Four identity payloads with URIs, and the general extension payload with the parameters of the group key. */
    private static final int COMMON_OCTETS = 240;
    /** Heads of the SAKKE and of the signature payload. */
    private static final int PAYLOAD_HEAD_OCTETS = 4;

    private GroupKeyMessage() {}

    /** The message up to the signature, about 560 octets: what is signed. */
    public static byte[] unsigned(SecureRandom random, byte[] encapsulatedData) {
        byte[] rand = new byte[RAND_OCTETS];
        random.nextBytes(rand);
        int sakke = HEADER_OCTETS + RAND_OCTETS + COMMON_OCTETS + PAYLOAD_HEAD_OCTETS;
        byte[] message = new byte[sakke + encapsulatedData.length];
        System.arraycopy(rand, 0, message, HEADER_OCTETS, RAND_OCTETS);
        System.arraycopy(encapsulatedData, 0, message, sakke, encapsulatedData.length);
        return message;
    }

    /** The message with its signature. */
    public static byte[] signed(byte[] unsigned, byte[] signature) {
        byte[] message = Arrays.copyOf(unsigned, unsigned.length + PAYLOAD_HEAD_OCTETS + signature.length);
        System.arraycopy(signature, 0, message, unsigned.length + PAYLOAD_HEAD_OCTETS, signature.length);
        return message;
    }
}
