package org.mckms.protocol.security;

import java.util.Arrays;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.secret.SecretOctets;

/**
 * A transport key or an integrity key: 256 bits, and the name by which messages refer to it (ds:KeyName). Closing it wipes
 * the key; the name stays readable.
 */
public final class NamedKey implements AutoCloseable {
    /** Length of every TrK and InK (TS 33.180 clause D.3.5.2: AES-256 key wrap and HMAC-SHA-256). */
    public static final int KEY_OCTETS = 32;

    private static final int MAX_NAME_CHARACTERS = 600;

    private final String name;
    private final SecretOctets key;

    private NamedKey(String name, SecretOctets key) {
        this.name = name;
        this.key = key;
    }

    /**
     * Takes a key over and zeroes the array, also when it is refused.
     *
     * @param name 1 to 600 characters that XML can carry, none of them a control character, no white space at its ends
     * @param key32 32 octets
     * @throws InvalidValueException if the name or the length is another
     */
    public static NamedKey takeFrom(String name, byte[] key32) {
        try {
            checkName(name);
            if (key32.length != KEY_OCTETS) {
                throw new InvalidValueException("a key of " + key32.length + " octets is no TrK or InK");
            }
            return new NamedKey(name, SecretOctets.copyOf(key32));
        } finally {
            Arrays.fill(key32, (byte) 0);
        }
    }

    private static void checkName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_CHARACTERS) {
            throw new InvalidValueException("a key name has 1 to " + MAX_NAME_CHARACTERS + " characters");
        }
        if (!name.equals(name.strip()) || !name.codePoints().allMatch(NamedKey::fitsInAName)) {
            throw new InvalidValueException("a key name has a character that it cannot have");
        }
    }

    private static boolean fitsInAName(int c) {
        return !Character.isISOControl(c)
                && c != 0xFFFE
                && c != 0xFFFF
                && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }

    /** The name; public. */
    public String name() {
        return name;
    }

    /** The key; lives as long as this object. */
    public SecretOctets key() {
        return key;
    }

    /**
     * The same key under the same name, to be closed by itself.
     *
     * @throws IllegalStateException after close
     */
    public NamedKey copy() {
        return new NamedKey(name, key.use(SecretOctets::copyOf));
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "NamedKey[" + name + ", hidden]";
    }
}
