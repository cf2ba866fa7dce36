package org.mckms.protocol.codec;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mckms.protocol.codec.KeyContentXml.EncryptedKey;
import org.mckms.protocol.security.NamedKey;
import org.w3c.dom.Element;

/** Opens the keys of one received document, and notes whether the private ones came wrapped. */
final class KeyOpener {
    private static final byte UNCOMPRESSED_POINT = 4;

    private final ReceivingKeys keys;
    private final Optional<NamedKey> signer;
    private final Set<String> wrappedUnder = new HashSet<>();
    private int plainPrivateKeys;
    private int wrappedPrivateKeys;

    /**
     * @param signer the key that signed the document
     */
    KeyOpener(ReceivingKeys keys, Optional<NamedKey> signer) {
        this.keys = keys;
        this.signer = signer;
    }

    ReceivingKeys keys() {
        return keys;
    }

    Optional<NamedKey> signer() {
        return signer;
    }

    /** Whether there were private keys, and none of them in the clear. */
    boolean allWereWrapped() {
        return wrappedPrivateKeys > 0 && plainPrivateKeys == 0;
    }

    /** Names of the TrKs that keys were unwrapped with. */
    Set<String> wrappedUnder() {
        return wrappedUnder;
    }

    /** Lends a private key to {@code action} and zeroes it afterwards. */
    <T> T openPrivate(Element key, String name, Function<byte[], T> action) {
        Optional<Element> wrapped = KeyContentXml.wrapped(key);
        if (wrapped.isPresent()) {
            wrappedPrivateKeys++;
        } else {
            plainPrivateKeys++;
        }
        return open(key, wrapped, name, action);
    }

    /** Lends a wrapped private key to {@code action} and zeroes it afterwards. */
    <T> T unwrapPrivate(EncryptedKey key, Function<byte[], T> action) {
        wrappedPrivateKeys++;
        return unwrap(key, action);
    }

    /** Lends a private key that came in the clear to {@code action} and zeroes it afterwards. */
    <T> T plainPrivate(String text, String name, Function<byte[], T> action) {
        plainPrivateKeys++;
        return KeyText.read(text, name, action);
    }

    /** Lends a key to {@code action} and zeroes it afterwards. */
    <T> T open(Element key, String name, Function<byte[], T> action) {
        return open(key, KeyContentXml.wrapped(key), name, action);
    }

    private <T> T open(Element key, Optional<Element> wrapped, String name, Function<byte[], T> action) {
        if (wrapped.isEmpty()) {
            return KeyText.read(KeyContentXml.plainText(key), name, action);
        }
        return unwrap(KeyContentXml.readWrapped(wrapped.get()), action);
    }

    /** Lends a wrapped key to {@code action} and zeroes it afterwards. */
    <T> T unwrap(EncryptedKey key, Function<byte[], T> action) {
        wrappedUnder.add(key.keyName());
        return key.unwrap(keys, action);
    }

    /** Lends a point of this length in full: one that travelled without its octet 04 gets it back. */
    static <T> T withPoint(byte[] key, int length, Function<byte[], T> action) {
        if (key.length != length - 1) {
            return action.apply(key);
        }
        byte[] full = new byte[length];
        full[0] = UNCOMPRESSED_POINT;
        System.arraycopy(key, 0, full, 1, key.length);
        try {
            return action.apply(full);
        } finally {
            Arrays.fill(full, (byte) 0);
        }
    }
}
