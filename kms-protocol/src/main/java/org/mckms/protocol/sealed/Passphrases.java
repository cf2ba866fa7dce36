package org.mckms.protocol.sealed;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.BitSet;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The strength of passphrases, and the key that one gives (PBKDF2 with HMAC-SHA-256, RFC 8018 clause 5.2).
 *
 * <p>At least 16 characters: a passphrase that a machine draws from 64 characters then has 96 bits. A person's choice has
 * less, which the 600,000 iterations make dearer but cannot mend; so short ones, and ones of a few characters repeated, are
 * refused. Printable ASCII only: for every other character two keyboards may send two different sequences.
 */
final class Passphrases {
    static final int MIN_CHARACTERS = 16;
    static final int MAX_CHARACTERS = 200;
    static final int MIN_ITERATIONS = 600_000;
    static final int MAX_ITERATIONS = 10_000_000;

    private static final int MIN_DIFFERENT = 6;
    private static final int KEY_BITS = 256;

    private Passphrases() {}

    /** Says why a passphrase is too weak to seal with, if it is. */
    static void requireStrong(char[] passphrase) {
        BitSet different = new BitSet();
        for (char c : passphrase) {
            if (c < ' ' || c > '~') {
                throw weak("the passphrase has a character that is not printable ASCII");
            }
            different.set(c);
        }
        int count = different.cardinality();
        different.clear();
        if (passphrase.length < MIN_CHARACTERS || passphrase.length > MAX_CHARACTERS) {
            throw weak("the passphrase does not have " + MIN_CHARACTERS + " to " + MAX_CHARACTERS + " characters");
        }
        if (count < MIN_DIFFERENT) {
            throw weak("the passphrase has fewer than " + MIN_DIFFERENT + " different characters");
        }
    }

    /** The 256-bit key; the caller wipes it. */
    static byte[] key(char[] passphrase, byte[] salt, int iterations) throws GeneralSecurityException {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, KEY_BITS);
        try {
            SecretKey key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
            return key.getEncoded();
        } finally {
            spec.clearPassword();
        }
    }

    /** Zeroes a passphrase. */
    static void wipe(char[] passphrase) {
        Arrays.fill(passphrase, '\0');
    }

    private static KmsException weak(String message) {
        return new KmsException(KmsErrorCode.WEAK_PASSPHRASE, message);
    }
}
