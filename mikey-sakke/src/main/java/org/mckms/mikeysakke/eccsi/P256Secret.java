package org.mckms.mikeysakke.eccsi;

import java.util.Arrays;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.field.OrderField;
import org.mckms.mikeysakke.secret.SecretOctets;

/** Makes the holders of secret scalars of P-256. */
final class P256Secret {
    /** Length of a scalar of P-256. */
    static final int OCTETS = 32;

    private P256Secret() {}

    /**
     * Takes a scalar in 1..q-1 and zeroes {@code source}, whether it is right or not.
     *
     * @throws InvalidKeyMaterialException if the source has not 32 octets or the value is out of range
     */
    static SecretOctets takeFrom(byte[] source, String name) {
        try {
            requireScalar(source, name);
            if (isZero(source)) {
                throw new InvalidKeyMaterialException(name + " is zero");
            }
            return SecretOctets.copyOf(source);
        } finally {
            Arrays.fill(source, (byte) 0);
        }
    }

    /**
     * Checks the length and that the value is below q.
     *
     * @throws InvalidKeyMaterialException if not
     */
    static void requireScalar(byte[] octets, String name) {
        if (octets.length != OCTETS) {
            throw new InvalidKeyMaterialException(name + " has 32 octets, not " + octets.length);
        }
        if (!OrderField.P256.isBelow(octets)) {
            throw new InvalidKeyMaterialException(name + " is not below the group order");
        }
    }

    /** Whether big-endian octets are in 1..q-1; the only thing about them that the time tells. */
    static boolean isInRange(byte[] octets) {
        return OrderField.P256.isBelow(octets) && !isZero(octets);
    }

    static boolean isZero(byte[] octets) {
        int any = 0;
        for (byte octet : octets) {
            any |= octet;
        }
        return any == 0;
    }

    /** Whether an element is zero, which is the only thing about it that the time tells. */
    static boolean isZero(long[] element) {
        return (int) OrderField.P256.isZero(element) != 0;
    }

    /** The element of the integers modulo q; the caller wipes it. */
    static long[] decode(byte[] octets) {
        long[] element = OrderField.P256.newElement();
        OrderField.P256.decode(element, octets);
        return element;
    }

    /** The element of public octets of any value, reduced modulo q. */
    static long[] reduce(byte[] octets) {
        long[] element = OrderField.P256.newElement();
        OrderField.P256.reduce(element, octets);
        return element;
    }

    /** 32 octets; the caller wipes them when they are secret. */
    static byte[] encode(long[] element) {
        byte[] octets = new byte[OCTETS];
        OrderField.P256.encode(octets, element);
        return octets;
    }

    static void wipe(byte[][] secrets) {
        for (byte[] secret : secrets) {
            if (secret != null) {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }
}
