package org.mckms.protocol.smime;

import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * A content encryption key (CEK) that the KMS gave to both ends of a SIP session, and its Key ID. In terms of CMS it is a
 * key-encryption key: each message has a content key of its own, wrapped under it. Closing wipes.
 */
public final class ContentEncryptionKey implements AutoCloseable {
    /** Length of the Key ID. */
    public static final int KEY_ID_OCTETS = 16;
    /** Length of the key. */
    public static final int KEY_OCTETS = 32;

    private final Octets keyId;
    private final SecretOctets key;

    /**
     * @param keyId 16 octets
     * @param key 32 octets, owned by this object from now on
     * @throws IllegalArgumentException for other lengths
     */
    public ContentEncryptionKey(Octets keyId, SecretOctets key) {
        if (keyId.size() != KEY_ID_OCTETS || key.size() != KEY_OCTETS) {
            throw new IllegalArgumentException("a CEK has " + KEY_OCTETS + " octets, its Key ID " + KEY_ID_OCTETS);
        }
        this.keyId = keyId;
        this.key = key;
    }

    /** The Key ID; public. */
    public Octets keyId() {
        return keyId;
    }

    /**
     * Lends the 32 octets, which {@code action} does not keep.
     *
     * @throws IllegalStateException after close
     */
    public <T> T use(Function<byte[], T> action) {
        return key.use(action);
    }

    /**
     * The same key under the same Key ID, to be closed by itself.
     *
     * @throws IllegalStateException after close
     */
    public ContentEncryptionKey copy() {
        return new ContentEncryptionKey(keyId, key.use(SecretOctets::copyOf));
    }

    SecretOctets key() {
        return key;
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "ContentEncryptionKey[" + keyId.toHex() + ", hidden]";
    }
}
