package org.mckms.mikeysakke.core;

/** The two group elements of a SAKKE encapsulation (RFC 6508 clause 6.2.1). */
public final class Encapsulation {
    private final byte[] point;
    private final byte[] power;

    /**
     * Keeps both arrays, which now belong to whoever gets the encapsulation.
     *
     * @param point R_(b,S), 257 octets, public
     * @param power g^r, 128 octets, secret
     */
    public Encapsulation(byte[] point, byte[] power) {
        this.point = point;
        this.power = power;
    }

    /** R_(b,S) = [r b]P + [r]Z, 257 octets. */
    public byte[] point() {
        return point;
    }

    /** g^r, 128 octets, secret: whoever takes it wipes it. */
    public byte[] power() {
        return power;
    }

    @Override
    public String toString() {
        return "Encapsulation[hidden]";
    }
}
