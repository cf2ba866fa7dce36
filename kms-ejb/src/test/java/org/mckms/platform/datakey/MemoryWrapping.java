package org.mckms.platform.datakey;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** A token in memory that wraps data keys, and that a test turns off and on. */
public final class MemoryWrapping implements DataKeyWrapping {

    private static final String LABEL = "kms.store.session.1";
    private static final int IV_OCTETS = 12;

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;
    private final List<LongConsumer> wipes = new ArrayList<>();
    private long activation = 1;
    private boolean active = true;
    private int wraps;
    private int unwraps;

    public MemoryWrapping() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256);
            key = generator.generateKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the activation, as deactivation and loss do. */
    public synchronized void deactivate() {
        active = false;
        wipes.forEach(wipe -> wipe.accept(activation));
    }

    /** Begins the next one. */
    public synchronized void activate() {
        active = true;
        activation++;
    }

    synchronized int wraps() {
        return wraps;
    }

    synchronized int unwraps() {
        return unwraps;
    }

    @Override
    public synchronized long activation() {
        if (!active) {
            throw new KmsException(KmsErrorCode.NOT_READY, "the vault is not active");
        }
        return activation;
    }

    @Override
    public synchronized void whenEnded(LongConsumer wipe) {
        wipes.add(wipe);
    }

    @Override
    public synchronized WrappedKey wrap(byte[] clear, byte[] aad) {
        activation();
        wraps++;
        byte[] iv = new byte[IV_OCTETS];
        random.nextBytes(iv);
        try {
            return new WrappedKey(LABEL, Octets.copyOf(iv), Octets.copyOf(gcm(Cipher.ENCRYPT_MODE, iv, aad, clear)));
        } catch (AEADBadTagException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized Optional<byte[]> unwrap(WrappedKey wrapped, byte[] aad) {
        activation();
        unwraps++;
        try {
            return Optional.of(gcm(
                    Cipher.DECRYPT_MODE,
                    wrapped.iv().toByteArray(),
                    aad,
                    wrapped.ciphertext().toByteArray()));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    private byte[] gcm(int mode, byte[] iv, byte[] aad, byte[] input) throws AEADBadTagException {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, iv));
            cipher.updateAAD(aad);
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
