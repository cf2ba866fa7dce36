package org.mckms.client.store;

import java.util.Arrays;
import java.util.Optional;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Transport and integrity keys of tests: recognisable octets. */
public final class TestKeys {
    private TestKeys() {}

    /** TrK and InK number {@code n} of a user. */
    public static ClientKeys clientKeys(int n, String user) {
        return clientKeys(n, n, user);
    }

    /** TrK number {@code n} and InK number {@code m} of a user. */
    public static ClientKeys clientKeys(int n, int m, String user) {
        return new ClientKeys(
                named("tk." + n + "." + user, 2 * n), Optional.of(named("ink." + m + "." + user, 2 * m + 1)));
    }

    /** Only a TrK, as in TS 33.179. */
    public static ClientKeys transportKeyOnly(int n, String user) {
        return new ClientKeys(named("tk." + n + "." + user, 2 * n), Optional.empty());
    }

    /** A key of 32 equal octets. */
    public static NamedKey named(String name, int octet) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) octet);
        return NamedKey.takeFrom(name, key);
    }

    public static StoreKey storeKey(int octet) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) octet);
        try (SecretOctets secret = SecretOctets.takeFrom(key)) {
            return StoreKey.key(secret);
        }
    }
}
