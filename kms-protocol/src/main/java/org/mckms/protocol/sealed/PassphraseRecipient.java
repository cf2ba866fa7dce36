package org.mckms.protocol.sealed;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.cms.RecipientInfo;

/** Wraps the content key under a passphrase (RFC 5652 clause 6.2.4, RFC 3211). */
final class PassphraseRecipient extends Recipient {
    private static final int SALT_OCTETS = 16;

    private final char[] passphrase;

    PassphraseRecipient(char[] passphrase) {
        Passphrases.requireStrong(passphrase);
        this.passphrase = passphrase.clone();
    }

    @Override
    RecipientInfo wrap(byte[] contentKey, SecureRandom random) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        byte[] key = new byte[0];
        try {
            key = Passphrases.key(passphrase, salt, Passphrases.MIN_ITERATIONS);
            return new RecipientInfo(PasswordWrap.wrap(contentKey, key, salt, Passphrases.MIN_ITERATIONS, random));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no key can be derived from a passphrase", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public void close() {
        Passphrases.wipe(passphrase);
    }
}
