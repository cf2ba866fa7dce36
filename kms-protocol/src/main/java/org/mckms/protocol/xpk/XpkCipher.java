package org.mckms.protocol.xpk;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.NOT_FOUND;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsException;

/**
 * AES-128-GCM with an IV of 12 random octets, a tag of 16 and no additional data, under the confidentiality key, by the
 * provider of the JDK whatever others stand before it.
 */
final class XpkCipher {
    static final int IV_OCTETS = 12;
    static final int TAG_OCTETS = 16;

    private static final String PROVIDER = "SunJCE";

    private XpkCipher() {}

    /** What was encrypted: the tag is the end of {@code text}. */
    record Sealed(Octets iv, Octets text) {}

    static Sealed seal(byte[] plain, XpkKeys keys, SecureRandom random) {
        byte[] iv = new byte[IV_OCTETS];
        random.nextBytes(iv);
        try {
            byte[] sealed = run(Cipher.ENCRYPT_MODE, keys.confidentiality(), iv, plain);
            return new Sealed(Octets.copyOf(iv), Octets.copyOf(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("XML cannot be encrypted", e);
        }
    }

    /**
     * Decrypts.
     *
     * @param what for the refusal
     * @throws KmsException WRONG_RECIPIENT if the tag is another, MALFORMED_REQUEST for other lengths
     */
    static byte[] open(Sealed sealed, XpkKeys keys, String what) {
        if (sealed.iv().size() != IV_OCTETS || sealed.text().size() < TAG_OCTETS) {
            throw new KmsException(
                    MALFORMED_REQUEST,
                    what + " does not have an IV of " + IV_OCTETS + " octets and a tag of " + TAG_OCTETS);
        }
        try {
            return run(
                    Cipher.DECRYPT_MODE,
                    keys.confidentiality(),
                    sealed.iv().toByteArray(),
                    sealed.text().toByteArray());
        } catch (AEADBadTagException e) {
            throw new KmsException(
                    WRONG_RECIPIENT, what + " does not open: it was changed, or encrypted under another key");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("XML cannot be decrypted", e);
        }
    }

    /** The keys that a message names. */
    static XpkKeys named(String keyName, Function<KeyIdentifier, Optional<XpkKeys>> keys) {
        KeyIdentifier xpkId = XpkKeys.xpkIdOf(keyName);
        return keys.apply(xpkId)
                .orElseThrow(() -> new KmsException(NOT_FOUND, "no key of the XPK-ID " + xpkId + " is held"));
    }

    static String base64(Octets octets) {
        return Base64.getEncoder().encodeToString(octets.toByteArray());
    }

    /** Reads base64 as it is written, in the one way that there is for these octets. */
    static Octets octets(String base64, String what) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            if (Base64.getEncoder().encodeToString(octets).equals(base64)) {
                return Octets.copyOf(octets);
            }
        } catch (IllegalArgumentException e) {
            throw new KmsException(MALFORMED_REQUEST, what + " is not base64", e);
        }
        throw new KmsException(MALFORMED_REQUEST, what + " is not base64 in its one form");
    }

    private static byte[] run(int mode, SecretOctets key, byte[] iv, byte[] input) throws GeneralSecurityException {
        byte[] copy = key.use(byte[]::clone);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", PROVIDER);
            cipher.init(mode, new SecretKeySpec(copy, "AES"), new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, iv));
            return cipher.doFinal(input);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }
}
