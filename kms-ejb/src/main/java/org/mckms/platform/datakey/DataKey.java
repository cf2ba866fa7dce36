package org.mckms.platform.datakey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.mckms.mikeysakke.HmacSha256;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * The two keys that are derived from one data key: one encrypts, one makes MACs. The data key itself is not kept.
 *
 * <p>Derivation is SP 800-108 in counter mode with HMAC-SHA-256, one block: {@code [1]32 || label || 00 || id ||
 * [256]32}, the id in 16 big-endian octets.
 */
final class DataKey implements AutoCloseable {

    /** Octets of a data key, and of each of those derived from it. */
    static final int OCTETS = 32;

    private static final byte[] SEAL_LABEL = "mckms/1/data/seal".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAC_LABEL = "mckms/1/data/mac".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};
    private static final byte[] LENGTH_BITS = {0, 0, 1, 0};

    private final UUID id;
    private final SecretOctets sealing;
    private final SecretOctets mac;

    private DataKey(UUID id, SecretOctets sealing, SecretOctets mac) {
        this.id = id;
        this.sealing = sealing;
        this.mac = mac;
    }

    /** @param clear 32 octets; neither kept nor wiped */
    static DataKey derive(UUID id, byte[] clear) {
        return new DataKey(
                id,
                SecretOctets.takeFrom(HmacSha256.of(clear, fixedInput(SEAL_LABEL, id))),
                SecretOctets.takeFrom(HmacSha256.of(clear, fixedInput(MAC_LABEL, id))));
    }

    private static byte[] fixedInput(byte[] label, UUID id) {
        return ByteBuffer.allocate(FIRST_BLOCK.length + label.length + 1 + 2 * Long.BYTES + LENGTH_BITS.length)
                .put(FIRST_BLOCK)
                .put(label)
                .put((byte) 0)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(LENGTH_BITS)
                .array();
    }

    UUID id() {
        return id;
    }

    /** Copies of its own, for one use by somebody who closes them. */
    DataKey copy() {
        return new DataKey(id, sealing.use(SecretOctets::copyOf), mac.use(SecretOctets::copyOf));
    }

    SealedData seal(byte[] clear, byte[] aad, SecureRandom random) {
        byte[] iv = new byte[SealedData.IV_OCTETS];
        random.nextBytes(iv);
        try {
            return new SealedData(id, Octets.copyOf(iv), Octets.copyOf(gcm(Cipher.ENCRYPT_MODE, iv, aad, clear)));
        } catch (AEADBadTagException e) {
            throw new IllegalStateException("encryption checks no tag", e);
        }
    }

    /** Empty if octets or {@code aad} are not those that were sealed. */
    Optional<SecretOctets> open(SealedData sealed, byte[] aad) {
        try {
            return Optional.of(SecretOctets.takeFrom(gcm(
                    Cipher.DECRYPT_MODE,
                    sealed.iv().toByteArray(),
                    aad,
                    sealed.ciphertext().toByteArray())));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    private byte[] gcm(int mode, byte[] iv, byte[] aad, byte[] input) throws AEADBadTagException {
        try (BorrowedKey key = new BorrowedKey(sealing)) {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(SealedData.TAG_OCTETS * Byte.SIZE, iv));
            cipher.updateAAD(aad);
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java installation has no AES-256-GCM", e);
        }
    }

    /** HMAC-SHA-256, 32 octets. */
    byte[] mac(byte[] message) {
        return mac.use(key -> HmacSha256.of(key, message));
    }

    @Override
    public void close() {
        sealing.close();
        mac.close();
    }
}
