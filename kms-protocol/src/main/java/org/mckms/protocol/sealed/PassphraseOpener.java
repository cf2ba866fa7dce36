package org.mckms.protocol.sealed;

import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.mckms.protocol.error.KmsException;

/** Opens what {@link PassphraseRecipient} wrapped. */
final class PassphraseOpener extends Opener {
    private final char[] passphrase;

    PassphraseOpener(char[] passphrase) {
        this.passphrase = passphrase.clone();
    }

    @Override
    byte[] unwrap(RecipientInfo recipient) throws GeneralSecurityException {
        if (!(recipient.getInfo() instanceof PasswordRecipientInfo wrapped)) {
            throw new KmsException(WRONG_RECIPIENT, "the file is sealed for a key, not by a passphrase");
        }
        PBKDF2Params parameters = PasswordWrap.parameters(wrapped);
        byte[] key = Passphrases.key(
                passphrase, parameters.getSalt(), parameters.getIterationCount().intValueExact());
        try {
            return PasswordWrap.unwrap(wrapped, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public void close() {
        Passphrases.wipe(passphrase);
    }
}
