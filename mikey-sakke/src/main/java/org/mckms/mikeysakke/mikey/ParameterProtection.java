package org.mckms.mikeysakke.mikey;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.secret.LentKey;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Protects key parameters under the DPCK of the key they belong to: AES-128-GCM with the 16 octets of IV as nonce and the head of the
 * payload as additional data (TS 33.180 clause 8.5.4).
 */
final class ParameterProtection {
    private ParameterProtection() {}

    /** The protected payload with this head and plaintext. */
    static ProtectedPayload seal(SecretOctets key, Octets head, Octets plaintext) {
        ProtectedPayload open = ProtectedPayload.of(head, plaintext);
        Octets sealed = run(Cipher.ENCRYPT_MODE, key, open)
                .orElseThrow(() -> new IllegalStateException("sealing checks no tag"));
        return ProtectedPayload.of(head, sealed);
    }

    /** The plaintext, or nothing if it was sealed under another key, or changed. */
    static Optional<Octets> open(SecretOctets key, ProtectedPayload payload) {
        return run(Cipher.DECRYPT_MODE, key, payload);
    }

    private static Optional<Octets> run(int mode, SecretOctets key, ProtectedPayload payload) {
        try (SecretOctets dpck = KeyDerivation.dpck(key, payload.dppkId())) {
            return dpck.use(octets -> run(mode, octets, payload));
        }
    }

    private static Optional<Octets> run(int mode, byte[] dpck, ProtectedPayload payload) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            int tagBits = ProtectedPayload.TAG_OCTETS * Byte.SIZE;
            cipher.init(
                    mode,
                    new LentKey(dpck),
                    new GCMParameterSpec(tagBits, payload.iv().toByteArray()));
            cipher.updateAAD(payload.head().toByteArray());
            return Optional.of(Octets.copyOf(cipher.doFinal(payload.sealed().toByteArray())));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM cannot be used", e);
        }
    }
}
