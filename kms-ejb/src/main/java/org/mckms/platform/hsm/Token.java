package org.mckms.platform.hsm;

import java.util.Set;

/**
 * One opened and logged-in token. Thread safe. Every method but {@link #keyLabels} is a call of the token and fails with
 * {@link TokenException} only.
 *
 * <p>Keys are known by their labels, which are unique. Keys made here are sensitive, never extractable and good for one
 * use; nothing is ever overwritten.
 */
public interface Token extends AutoCloseable {

    /** Labels of all keys at the time of the last load or change; does not call the token. */
    Set<String> keyLabels();

    /** Loads all keys again: another node may have made or destroyed some. A token without any key counts as lost. */
    void reload();

    /** Makes an HMAC key of 512 bits. */
    void makeMacKey(String label);

    /** Makes an AES key of 256 bits. */
    void makeEncryptionKey(String label);

    /** Makes an EC key pair on P-256 and a self-signed certificate for it, without an end of validity. */
    void makeSigningKey(String label, String commonName);

    /** Destroys a key for good; does nothing if there is none. */
    void destroyKey(String label);

    /** @return a fresh array, which the caller wipes if it is a secret */
    byte[] mac(String label, MacAlgorithm algorithm, byte[] message);

    /** Encrypts and authenticates; {@code aad} is authenticated only. */
    SealedOctets seal(String label, byte[] clear, byte[] aad);

    /** @return a fresh array, which the caller wipes */
    byte[] open(String label, SealedOctets sealed, byte[] aad);

    /** Octets of the token's generator in a fresh array, which the caller wipes. */
    byte[] random(int octets);

    /** ECDSA with SHA-256, DER encoded. */
    byte[] sign(String label, byte[] message);

    /** The certificate of a signing key, DER encoded; does not call the token. */
    byte[] certificate(String label);

    /** Logs out, which kills the keys of everybody in this process who uses the same library. */
    @Override
    void close();
}
