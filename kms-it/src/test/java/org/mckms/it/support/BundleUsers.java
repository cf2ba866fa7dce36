package org.mckms.it.support;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Many users whose TrK and InK a site has made itself, by counting. */
public final class BundleUsers {
    private BundleUsers() {}

    public static List<String> of(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "sip:" + prefix + i + "@example.org")
                .toList();
    }

    /** Imports the keys of a user's default device. */
    public static void importKeys(AdminFace officer, String user) {
        AdminFace.object(officer.post(
                "/client-keys/import",
                Map.of(
                        "owner",
                        user,
                        "validFor",
                        "P1D",
                        "reason",
                        "made by the site",
                        "transportKeyName",
                        "tk.1." + user,
                        "transportKey",
                        hex("tk" + user),
                        "integrityKeyName",
                        "ink.1." + user,
                        "integrityKey",
                        hex("ink" + user))));
    }

    /** The same keys as the device has them. */
    public static ClientKeys keysOf(String user) {
        return new ClientKeys(key("tk", user), Optional.of(key("ink", user)));
    }

    private static NamedKey key(String kind, String user) {
        return NamedKey.takeFrom(kind + ".1." + user, HexFormat.of().parseHex(hex(kind + user)));
    }

    private static String hex(String seed) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(seed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
