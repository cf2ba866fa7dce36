package org.mckms.protocol.security;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.mckms.protocol.error.KmsException;

/**
 * AES key wrap under a TrK: RFC 3394 and, for keys that are no multiple of eight octets, RFC 5649. By the provider of the
 * JDK whatever others stand before it.
 */
public final class KeyWrapping {
    /** Algorithm URI of RFC 3394. */
    public static final String KW_AES256 = "http://www.w3.org/2001/04/xmlenc#kw-aes256";
    /** Algorithm URI of RFC 5649. */
    public static final String KW_AES256_PAD = "http://www.w3.org/2009/xmlenc11#kw-aes-256-pad";
    /** The URIs that a received key may carry; which of both was used is found by trial. */
    public static final Set<String> ALGORITHMS = Set.of(KW_AES256, KW_AES256_PAD);

    private static final String PROVIDER = "SunJCE";
    private static final String RFC_3394 = "AES/KW/NoPadding";
    private static final String RFC_5649 = "AES/KWP/NoPadding";
    private static final int SEMIBLOCK_OCTETS = 8;
    private static final int MIN_WRAPPED_OCTETS = 2 * SEMIBLOCK_OCTETS;
    private static final byte UNCOMPRESSED_POINT = 4;

    private KeyWrapping() {}

    /**
     * A wrapped key as XML carries it.
     *
     * @param algorithm EncryptionMethod/@Algorithm
     * @param cipherValue CipherValue
     */
    public record Wrapped(String algorithm, String cipherValue) {}

    /**
     * Wraps a key.
     *
     * @param key an RSK (257 octets), a PVT (65), or a key of 32 octets; read, not kept
     */
    public static Wrapped wrap(NamedKey transportKey, byte[] key, WrapProfile profile) {
        boolean point = key.length % SEMIBLOCK_OCTETS != 0;
        return switch (profile) {
            case KWP ->
                point
                        ? new Wrapped(KW_AES256_PAD, base64(encrypt(RFC_5649, transportKey, key)))
                        : new Wrapped(KW_AES256, base64(encrypt(RFC_3394, transportKey, key)));
            case KWP_LABELLED_KW ->
                new Wrapped(KW_AES256, HexFormat.of().withUpperCase().formatHex(encrypt(RFC_5649, transportKey, key)));
            case STRIP04 ->
                new Wrapped(
                        KW_AES256, base64(point ? stripped(transportKey, key) : encrypt(RFC_3394, transportKey, key)));
        };
    }

    /**
     * Unwraps a key by trial, RFC 3394 first; each has an integrity value, so a wrong guess does not go through. The
     * octets are lent to {@code action} and zeroed afterwards. A key wrapped without its octet 04 comes without it.
     *
     * @throws KmsException MALFORMED_REQUEST if it was not wrapped under this TrK
     */
    public static <T> T unwrap(NamedKey transportKey, byte[] wrapped, Function<byte[], T> action) {
        byte[] key = decrypt(RFC_3394, transportKey, wrapped)
                .or(() -> decrypt(RFC_5649, transportKey, wrapped))
                .orElseThrow(() -> new KmsException(
                        MALFORMED_REQUEST, "a key does not unwrap under the transport key " + transportKey.name()));
        try {
            return action.apply(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] stripped(NamedKey transportKey, byte[] point) {
        if (point[0] != UNCOMPRESSED_POINT) {
            throw new IllegalArgumentException("a key of " + point.length + " octets is no uncompressed point");
        }
        byte[] coordinates = Arrays.copyOfRange(point, 1, point.length);
        try {
            return encrypt(RFC_3394, transportKey, coordinates);
        } finally {
            Arrays.fill(coordinates, (byte) 0);
        }
    }

    private static byte[] encrypt(String transformation, NamedKey transportKey, byte[] key) {
        return transportKey.key().use(kek -> {
            try {
                return cipher(transformation, Cipher.ENCRYPT_MODE, kek).doFinal(key);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a key cannot be wrapped", e);
            }
        });
    }

    private static Optional<byte[]> decrypt(String transformation, NamedKey transportKey, byte[] wrapped) {
        if (wrapped.length < MIN_WRAPPED_OCTETS || wrapped.length % SEMIBLOCK_OCTETS != 0) {
            return Optional.empty();
        }
        return transportKey.key().use(kek -> {
            Cipher cipher = cipher(transformation, Cipher.DECRYPT_MODE, kek);
            try {
                return Optional.of(cipher.doFinal(wrapped));
            } catch (GeneralSecurityException e) {
                return Optional.empty();
            }
        });
    }

    private static Cipher cipher(String transformation, int mode, byte[] kek) {
        try {
            Cipher cipher = Cipher.getInstance(transformation, PROVIDER);
            cipher.init(mode, new SecretKeySpec(kek, "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no usable " + transformation, e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
