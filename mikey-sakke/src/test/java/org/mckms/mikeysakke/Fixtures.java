package org.mckms.mikeysakke;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.KmsPublicKey;

/** Published masters and seeded randomness. */
public final class Fixtures {
    /** KSAK of RFC 6507 appendix A. */
    public static final Octets KSAK =
            Octets.fromHex("0000000000000000000000000000000000000000000000000000000000012345");
    /** KPAK of RFC 6507 appendix A. */
    public static final KmsPublicAuthenticationKey KPAK = new KmsPublicAuthenticationKey(
            Octets.fromHex("0450D4670BDE75244F28D2838A0D25558A7A72686D4522D4C8273FB6442AEBFA93"
                    + "DBDD37551AFD263B5DFD617F3960C65A8C298850FF99F20366DCE7D4367217F4"));
    /** z of RFC 6508 appendix A. */
    public static final Octets Z = Octets.fromHex("AFF429D35F84B110D094803B3595A6E2998BC99F");

    private Fixtures() {}

    public static KmsSecretAuthenticationKey ksak() {
        return KmsSecretAuthenticationKey.takeFrom(KSAK.toByteArray());
    }

    public static KmsMasterSecret zT() {
        return KmsMasterSecret.takeFrom(Z.toByteArray());
    }

    /** Z of RFC 6508 appendix A. */
    public static KmsPublicKey publicZT() {
        try (KmsMasterSecret z = zT()) {
            return z.publicKey();
        }
    }

    /** Repeatable; for tests only. */
    public static SecureRandom seeded(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] bytes(SecureRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Random round trips of each property test: 100, or what the build asks for. */
    public static int roundTrips() {
        return Integer.getInteger("mikeysakke.roundtrips", 100);
    }

    /** {@code octets} with one bit flipped, bit 0 being the lowest of the last octet. */
    public static Octets flipped(Octets octets, int bit) {
        byte[] bytes = octets.toByteArray();
        bytes[bytes.length - 1 - bit / 8] ^= (byte) (1 << bit % 8);
        return Octets.copyOf(bytes);
    }
}
