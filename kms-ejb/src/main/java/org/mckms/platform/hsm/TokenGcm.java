package org.mckms.platform.hsm;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM through a provider, with tags of 16 octets. Opening takes as few calls of a token as SunPKCS11 allows: its ciphers begin an
 * operation of the token when they get their key, end it and begin another one when authenticated data follow, as they have to. A
 * cipher that was used before can be told of them ahead of its next key, and the first operation does (docs/decisions/0030).
 *
 * <p>With a provider that forgets them instead only the number of calls differs: when a cipher that was used before finds a tag wrong, a
 * fresh one decides, in the usual order. Thread safe.
 */
final class TokenGcm {

    private static final int TAG_BITS = 128;

    private final Provider provider;

    /** Ciphers that have opened something and are not in use, the latest first; as many as there were users at once. */
    private final Deque<Cipher> used = new ConcurrentLinkedDeque<>();

    TokenGcm(Provider provider) {
        this.provider = provider;
    }

    /**
     * Encrypts.
     *
     * @param iv never used before with the key
     * @return the ciphertext, its tag at the end
     */
    byte[] seal(Key key, byte[] iv, byte[] clear, byte[] aad) throws GeneralSecurityException {
        return fresh(Cipher.ENCRYPT_MODE, key, iv, aad).doFinal(clear);
    }

    /**
     * Decrypts.
     *
     * @param ciphertext its tag at the end
     * @return a fresh array
     * @throws AEADBadTagException if these are not the key, IV, ciphertext and authenticated data of one {@link #seal}
     */
    byte[] open(Key key, byte[] iv, byte[] ciphertext, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = used.poll();
        if (cipher == null) {
            return openAfresh(key, iv, ciphertext, aad);
        }
        try {
            cipher.updateAAD(aad);
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
            return clear(cipher, ciphertext);
        } catch (AEADBadTagException e) {
            return openAfresh(key, iv, ciphertext, aad);
        }
    }

    private byte[] openAfresh(Key key, byte[] iv, byte[] ciphertext, byte[] aad) throws GeneralSecurityException {
        return clear(fresh(Cipher.DECRYPT_MODE, key, iv, aad), ciphertext);
    }

    private Cipher fresh(int mode, Key key, byte[] iv, byte[] aad) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(aad);
        return cipher;
    }

    /** What has failed is not used again. */
    private byte[] clear(Cipher cipher, byte[] ciphertext) throws GeneralSecurityException {
        byte[] clear = cipher.doFinal(ciphertext);
        used.push(cipher);
        return clear;
    }
}
