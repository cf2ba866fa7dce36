package org.mckms.client.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.mckms.client.store.ClientStoreException.Fault;
import org.mckms.mikeysakke.HmacSha256;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.secret.LentKey;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * Encrypts the content of a key store. A file is a head and the sealed content:
 *
 * <pre>
 * magic        8  of the {@link StoreKind}, "MCKMSCKS" for the keys of a client
 * format       2  1
 * method       1  1 passphrase, 2 given key, 3 platform key
 * key data   2+n  length, then iterations (4) and salt (16), nothing, or the wrapped key
 * generation   8  raised by every write
 * key check   16  tells a wrong key from a damaged file
 * head digest 32  SHA-256 of everything before it, against accidents
 * IV          12  random
 * sealed     n+16 AES-256-GCM; everything before it is additional authenticated data
 * </pre>
 *
 * Big-endian. The sealing key and the key check are HMAC-SHA-256 of the master key over different labels.
 */
final class StoreSeal implements AutoCloseable {
    private static final short FORMAT = 1;
    private static final int CHECK_OCTETS = 16;
    private static final int DIGEST_OCTETS = 32;
    private static final int IV_OCTETS = 12;
    private static final int TAG_OCTETS = 16;
    private static final byte[] SEAL_LABEL = "mckms client key store, seal".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHECK_LABEL = "mckms client key store, check".getBytes(StandardCharsets.US_ASCII);

    private final StoreKind kind;
    private final int method;
    private final Octets keyData;
    private final SecretOctets sealingKey;
    private final Octets check;

    /** Takes over and closes the master key. */
    private StoreSeal(StoreKind kind, StoreKey.Master master) {
        try (master) {
            this.kind = kind;
            this.method = master.method();
            this.keyData = master.data();
            this.sealingKey = master.key().use(key -> SecretOctets.takeFrom(HmacSha256.of(key, SEAL_LABEL)));
            this.check = master.key()
                    .use(key -> Octets.copyOf(HmacSha256.of(key, CHECK_LABEL)).slice(0, CHECK_OCTETS));
        }
    }

    /** For a new file, or an old one that gets another key. */
    static StoreSeal fresh(StoreKind kind, StoreKey key, SecureRandom random) {
        return new StoreSeal(kind, key.fresh(random));
    }

    /**
     * For a file that was written before.
     *
     * @throws ClientStoreException WRONG_KEY if the key is not that of the file, and as {@link Head#of}
     */
    static StoreSeal of(Head head, StoreKey key) {
        if (head.method() != key.method()) {
            throw new ClientStoreException(Fault.WRONG_KEY, "the key store was made with another kind of key");
        }
        StoreSeal seal = new StoreSeal(head.kind(), key.recall(head.keyData().toByteArray()));
        if (!MessageDigest.isEqual(seal.check.toByteArray(), head.check().toByteArray())) {
            seal.close();
            throw new ClientStoreException(Fault.WRONG_KEY, "the passphrase or key is not that of the key store");
        }
        return seal;
    }

    /** A whole file; {@code content} is neither kept nor wiped. */
    byte[] seal(long generation, byte[] content, SecureRandom random) {
        byte[] head = head(generation);
        byte[] iv = new byte[IV_OCTETS];
        random.nextBytes(iv);
        byte[] sealed = gcm(Cipher.ENCRYPT_MODE, iv, head, content);
        return ByteBuffer.allocate(head.length + iv.length + sealed.length)
                .put(head)
                .put(iv)
                .put(sealed)
                .array();
    }

    /** The content of a file, which the caller wipes. */
    byte[] open(Head head, byte[] file) {
        byte[] authenticated = Arrays.copyOf(file, head.octets());
        byte[] iv = Arrays.copyOfRange(file, head.octets(), head.octets() + IV_OCTETS);
        return gcm(
                Cipher.DECRYPT_MODE,
                iv,
                authenticated,
                Arrays.copyOfRange(file, head.octets() + IV_OCTETS, file.length));
    }

    private byte[] head(long generation) {
        byte[] data = keyData.toByteArray();
        byte[] start = ByteBuffer.allocate(StoreKind.MAGIC_OCTETS + 2 + 1 + 2 + data.length + Long.BYTES + CHECK_OCTETS)
                .put(kind.magic())
                .putShort(FORMAT)
                .put((byte) method)
                .putShort((short) data.length)
                .put(data)
                .putLong(generation)
                .put(check.toByteArray())
                .array();
        return Octets.copyOf(start).concat(Sha256.of(Octets.copyOf(start))).toByteArray();
    }

    private byte[] gcm(int mode, byte[] iv, byte[] head, byte[] input) {
        return sealingKey.use(key -> {
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, new LentKey(key), new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, iv));
                cipher.updateAAD(head);
                cipher.updateAAD(iv);
                return cipher.doFinal(input);
            } catch (AEADBadTagException e) {
                throw new ClientStoreException(Fault.DAMAGED, "the key store is damaged or was altered", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java installation has no AES-256-GCM", e);
            }
        });
    }

    @Override
    public void close() {
        sealingKey.close();
    }

    /**
     * What a file says before its sealed content; nothing of it is proven until that is opened.
     *
     * @param octets length of the head, the IV not counted
     */
    record Head(StoreKind kind, int method, Octets keyData, long generation, Octets check, int octets) {
        /**
         * Reads the head.
         *
         * @throws ClientStoreException DAMAGED if the file is no key store of this kind or its head is damaged, LATER_FORMAT
         */
        static Head of(StoreKind kind, byte[] file) {
            ByteBuffer in = ByteBuffer.wrap(file);
            try {
                if (!Arrays.equals(kind.magic(), take(in, StoreKind.MAGIC_OCTETS))) {
                    throw new ClientStoreException(Fault.DAMAGED, "the file is not a key store of this kind");
                }
                short format = in.getShort();
                if (format != FORMAT) {
                    throw new ClientStoreException(
                            Fault.LATER_FORMAT,
                            "the key store has format " + format + ", this release reads format " + FORMAT);
                }
                int method = in.get();
                int dataOctets = Short.toUnsignedInt(in.getShort());
                if (dataOctets > StoreKey.MAX_DATA_OCTETS) {
                    throw new ClientStoreException(Fault.DAMAGED, "the head of the key store is damaged");
                }
                Octets data = Octets.copyOf(take(in, dataOctets));
                long generation = in.getLong();
                Octets check = Octets.copyOf(take(in, CHECK_OCTETS));
                Octets before = Octets.copyOf(Arrays.copyOf(file, in.position()));
                Octets digest = Octets.copyOf(take(in, DIGEST_OCTETS));
                if (!Sha256.of(before).equals(digest) || in.remaining() < IV_OCTETS + TAG_OCTETS) {
                    throw new ClientStoreException(Fault.DAMAGED, "the head of the key store is damaged");
                }
                return new Head(kind, method, data, generation, check, before.size() + DIGEST_OCTETS);
            } catch (BufferUnderflowException e) {
                throw new ClientStoreException(Fault.DAMAGED, "the key store is cut off", e);
            }
        }

        private static byte[] take(ByteBuffer in, int octets) {
            byte[] taken = new byte[octets];
            in.get(taken);
            return taken;
        }
    }
}
