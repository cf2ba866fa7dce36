package org.mckms.mikeysakke.core;

/**
 * The costly operations of SAKKE with parameter set 1 (RFC 6508, RFC 6509 appendix A), each on a batch; a single one is a batch of one.
 * Thread safe.
 *
 * <p>Scalars are 128 octets, big-endian, below q. Points are 257 octets {@code 04 || x || y}, which the caller has checked to be on the
 * curve. Arrays given and returned belong to the caller, who wipes what is secret in them.
 *
 * <p>Time and addresses depend on the sizes of the batches only, and on whether a result is missing.
 */
public interface SakkeCore {
    /** What this is and where it runs, for logs: "scalar", "vector of 8 lanes, JDK 25". */
    String name();

    /** [k]P for each k, none of them zero. */
    byte[][] multiplyGenerator(byte[][] k);

    /** Prepares for the public key Z_T of a KMS, a point of order q. */
    SenderTable senderTable(byte[] zT);

    /**
     * [rb]P + [r]Z and g^r for each pair of scalars; null where that point is at infinity.
     *
     * @param z made by this core
     * @param rb the products r b mod q
     * @param r as many, none of them zero
     */
    Encapsulation[] encapsulate(SenderTable z, byte[][] rb, byte[][] r);

    /** For each index whether [rb]P + [r]Z is the given point; {@code z} made by this core. */
    boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points);

    /**
     * The pairing of each a with the b of the same index as 128 octets, the representative x1/x0 of RFC 6508 clause 3.2; null where x0
     * is zero, which no pairing of points of order q yields.
     *
     * @param a points of order q
     * @param b points of any order
     */
    byte[][] pair(byte[][] a, byte[][] b);

    /** Prepares for pairings with one point of order q. The caller closes the table. */
    LineTable lineTable(byte[] a);

    /** The pairing of one point with each b, as {@link #pair(byte[][], byte[][])}; {@code a} made by this core. */
    byte[][] pair(LineTable a, byte[][] b);
}
