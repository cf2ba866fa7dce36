package org.mckms.mikeysakke.curve;

import java.util.Arrays;

/**
 * A secret scalar k in signed digits: k = sum of digit(i) 2^(w i), each digit in -2^(w-1) .. 2^(w-1) - 1, so that a table needs the
 * multiples 1 to 2^(w-1) only. The digits are made in constant time. Whoever makes them wipes them.
 */
public final class WindowDigits {
    /** Bits of the order q of SAKKE. */
    private static final int SCALAR_BITS = 1022;

    private static final int SCALAR_OCTETS = 128;

    private final int width;
    private final byte[] digits;

    /** @param width w, 5 or 6 */
    public WindowDigits(int width) {
        this.width = width;
        this.digits = new byte[count(width)];
    }

    /** How many digits a scalar below q has: bits are left in the last for the carry, three with a width of 5 and four with 6. */
    public static int count(int width) {
        if (width != 5 && width != 6) {
            throw new IllegalArgumentException("no table has windows of " + width + " bits");
        }
        return SCALAR_BITS / width + 1;
    }

    /** Takes the digits of another scalar, 128 octets, big-endian, below q. */
    public void set(byte[] scalar) {
        int carry = 0;
        for (int i = 0; i < digits.length; i++) {
            int value = window(scalar, width * i) + carry;
            carry = (1 << width - 1) - 1 - value >>> Integer.SIZE - 1;
            digits[i] = (byte) (value - (carry << width));
        }
    }

    /** {@code width} bits from bit {@code from} on; they lie in two octets. */
    private int window(byte[] scalar, int from) {
        int index = SCALAR_OCTETS - 1 - from / Byte.SIZE;
        int low = scalar[index] & 0xFF;
        int high = index > 0 ? scalar[index - 1] & 0xFF : 0;
        return (high << Byte.SIZE | low) >> from % Byte.SIZE & (1 << width) - 1;
    }

    /** How many digits there are. */
    public int count() {
        return digits.length;
    }

    /** All ones if the digit is negative, else zero. */
    public long sign(int index) {
        return digits[index] >> Byte.SIZE - 1;
    }

    /** The absolute value of the digit. */
    public int magnitude(int index) {
        int digit = digits[index];
        int sign = digit >> Byte.SIZE - 1;
        return (digit ^ sign) - sign;
    }

    /** Zeroes the digits. */
    public void wipe() {
        Arrays.fill(digits, (byte) 0);
    }
}
