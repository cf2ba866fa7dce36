package org.mckms.gms.infrastructure.kms;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.datakey.SealedData;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** One data key in memory, and a vault that is active or not. */
final class FakeDataKeys implements DataKeys, LongSupplier {

    private static final UUID ID = new UUID(1, 2);

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    private long activation = 1;
    private boolean active = true;

    void deactivate() {
        active = false;
    }

    void activate() {
        active = true;
        activation++;
    }

    @Override
    public long getAsLong() {
        if (!active) {
            throw new KmsException(KmsErrorCode.NOT_READY, "the vault is not active");
        }
        return activation;
    }

    @Override
    public SealedData seal(byte[] clear, byte[] aad) {
        getAsLong();
        byte[] iv = new byte[12];
        random.nextBytes(iv);
        try {
            return new SealedData(
                    ID,
                    Octets.copyOf(iv),
                    Octets.copyOf(cipher(Cipher.ENCRYPT_MODE, iv, aad).doFinal(clear)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public SecretOctets open(SealedData sealed, byte[] aad) {
        getAsLong();
        try {
            return SecretOctets.takeFrom(cipher(Cipher.DECRYPT_MODE, sealed.iv().toByteArray(), aad)
                    .doFinal(sealed.ciphertext().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new KmsException(KmsErrorCode.INTERNAL, "the sealed octets were altered", e);
        }
    }

    private Cipher cipher(int mode, byte[] iv, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, iv));
        cipher.updateAAD(aad);
        return cipher;
    }

    @Override
    public Octets mac(byte[] message) {
        throw new UnsupportedOperationException("no rows here");
    }

    @Override
    public boolean macMatches(byte[] message, Octets mac) {
        throw new UnsupportedOperationException("no rows here");
    }
}
