package org.mckms.protocol.cms;

import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import org.mckms.protocol.error.KmsException;

/**
 * Looks over received DER before any ASN.1 parser does: size, depth and number of values, lengths that are definite,
 * shortest and inside the value around. The contents of primitive values are not looked at.
 */
public final class DerShape {
    private static final int MAX_DEPTH = 24;
    private static final int MAX_VALUES = 2000;
    private static final int CONSTRUCTED = 0x20;
    private static final int HIGH_TAG = 0x1F;
    private static final int LONG_FORM = 0x80;
    private static final int MAX_LENGTH_OCTETS = 4;

    private final byte[] der;
    private int values;

    private DerShape(byte[] der) {
        this.der = der;
    }

    /**
     * Checks that the array holds one value of this shape and nothing after it.
     *
     * @throws KmsException BODY_TOO_LARGE beyond {@code maxOctets}, MALFORMED_REQUEST for any other shape
     */
    public static void check(byte[] der, int maxOctets) {
        if (der.length > maxOctets) {
            throw new KmsException(BODY_TOO_LARGE, "the file is larger than the limit of " + maxOctets + " octets");
        }
        DerShape shape = new DerShape(der);
        if (shape.value(0, der.length, 1) != der.length) {
            throw malformed("the file has octets after its end");
        }
    }

    /** Checks the value at {@code from}; returns where it ends. */
    private int value(int from, int limit, int depth) {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw malformed("the file is nested too deep or has too many values");
        }
        if (limit - from < 2 || (der[from] & HIGH_TAG) == HIGH_TAG) {
            throw malformed("the file is not DER");
        }
        int first = der[from + 1] & 0xFF;
        int lengthOctets = first < LONG_FORM ? 0 : first - LONG_FORM;
        int body = from + 2 + lengthOctets;
        long length = first < LONG_FORM ? first : longLength(from + 2, lengthOctets, limit);
        if (length > limit - body) {
            throw malformed("the file is cut off");
        }
        int end = (int) (body + length);
        if ((der[from] & CONSTRUCTED) != 0) {
            for (int at = body; at < end; ) {
                at = value(at, end, depth + 1);
            }
        }
        return end;
    }

    private long longLength(int from, int octets, int limit) {
        if (octets == 0 || octets > MAX_LENGTH_OCTETS || octets > limit - from) {
            throw malformed("the file is not DER: a value has no definite length inside the file");
        }
        long length = 0;
        for (int i = 0; i < octets; i++) {
            length = length << Byte.SIZE | der[from + i] & 0xFF;
        }
        if (length < LONG_FORM || length >> (Byte.SIZE * (octets - 1)) == 0) {
            throw malformed("the file is not DER: a length is not in its shortest form");
        }
        return length;
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
