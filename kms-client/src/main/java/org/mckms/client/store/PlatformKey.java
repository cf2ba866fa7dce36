package org.mckms.client.store;

/**
 * A key that the platform keeps and never gives away: in a secure element, a trusted execution environment or the
 * operating system's key store. The client's key store has a random key of its own, which this one wraps.
 */
public interface PlatformKey {
    /** The name under which the platform keeps the key; written into the head of the file. */
    String name();

    /**
     * Encrypts and authenticates 32 octets.
     *
     * @param key neither changed nor kept
     * @return at most 4096 octets
     */
    byte[] wrap(byte[] key);

    /**
     * Undoes {@link #wrap}.
     *
     * @return 32 octets, wiped by the caller
     * @throws RuntimeException if the octets were not made by this key
     */
    byte[] unwrap(byte[] wrapped);
}
