package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.util.Arrays;
import org.mckms.protocol.error.KmsException;

/** Turns hex digits of a secret integer into octets without leaving copies. */
final class SecretHex {

    private SecretHex() {}

    /**
     * Big-endian octets of fixed length, zeros on the left. The digits are wiped in any case; the caller wipes the result.
     *
     * @param name for the error message
     * @throws KmsException MALFORMED_REQUEST if there is anything but hex digits, none, or too many; never says which
     */
    static byte[] take(String name, char[] digits, int octets) {
        byte[] value = new byte[octets];
        boolean good = digits.length > 0 && digits.length <= 2 * octets;
        for (int i = 0; good && i < digits.length; i++) {
            char c = digits[digits.length - 1 - i];
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            good = digit >= 0;
            value[octets - 1 - i / 2] |= (byte) (digit << (i % 2 * 4));
        }
        Arrays.fill(digits, '\0');
        if (!good) {
            Arrays.fill(value, (byte) 0);
            throw new KmsException(MALFORMED_REQUEST, name + " must be 1 to " + 2 * octets + " hex digits");
        }
        return value;
    }

    /** As {@link #take}, but with just the digits that the octets need: a key that lacks some was cut on the way. */
    static byte[] exactly(String name, char[] digits, int octets) {
        if (digits.length != 2 * octets) {
            Arrays.fill(digits, '\0');
            throw new KmsException(MALFORMED_REQUEST, name + " must be " + 2 * octets + " hex digits");
        }
        return take(name, digits, octets);
    }
}
