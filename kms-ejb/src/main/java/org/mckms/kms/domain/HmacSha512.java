package org.mckms.kms.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * HMAC-SHA-512 (RFC 2104) under a key in memory. Done here and not by {@code javax.crypto.Mac}, whose key objects and pads
 * stay in memory until they are collected: every copy of the key made here is wiped before {@code compute} returns.
 */
public final class HmacSha512 implements Prf {

    private static final int BLOCK_OCTETS = 128;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final SecretOctets key;

    /** @param key 1 to 128 octets; stays with the caller, who closes it */
    public HmacSha512(SecretOctets key) {
        if (key.size() < 1 || key.size() > BLOCK_OCTETS) {
            throw new IllegalArgumentException("HMAC key of " + key.size() + " octets");
        }
        this.key = key;
    }

    @Override
    public byte[] compute(byte[] message) {
        byte[] inner = keyedHash(INNER_PAD, message);
        try {
            return keyedHash(OUTER_PAD, inner);
        } finally {
            Arrays.fill(inner, (byte) 0);
        }
    }

    private byte[] keyedHash(byte pad, byte[] message) {
        MessageDigest sha = sha512();
        byte[] block = new byte[BLOCK_OCTETS];
        try {
            return key.use(octets -> {
                System.arraycopy(octets, 0, block, 0, octets.length);
                for (int i = 0; i < BLOCK_OCTETS; i++) {
                    block[i] ^= pad;
                }
                sha.update(block);
                return sha.digest(message);
            });
        } finally {
            Arrays.fill(block, (byte) 0);
            sha.reset();
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no SHA-512", e);
        }
    }
}
