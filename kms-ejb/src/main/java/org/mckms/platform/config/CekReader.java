package org.mckms.platform.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.cek.CekPolicy;

/**
 * Reads {@code kms.cek.*} and {@code kms.server.<name>.cek-url}: all of it if there is {@code kms.cek.server}, else nothing may
 * be there.
 */
final class CekReader {

    private static final String FAMILY = "kms.cek.";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration YEAR = Duration.ofDays(366);
    private static final int MOST_KEYS = 1000;

    private final SettingValues values;

    CekReader(SettingValues values) {
        this.values = values;
    }

    Optional<CekSettings> read(List<ServerEntry> servers) {
        Map<String, String> addresses = addresses(servers);
        Optional<String> name = values.optional(SettingKey.CEK_SERVER.key());
        if (name.isEmpty()) {
            checkNothingLeft(servers);
            return Optional.empty();
        }
        Optional<ServerEntry> server = servers.stream()
                .filter(s -> s.kind() == ClientKind.MC_SERVER && s.name().equals(name.get()))
                .findFirst();
        if (server.isEmpty()) {
            values.fault(SettingKey.CEK_SERVER.key() + " is \"" + name.get()
                    + "\"; it must be the name of a kms.server.<name>.* of kind mc-server.");
        } else if (!addresses.containsKey(server.get().uri())) {
            values.fault(SettingKey.SERVER_CEK_URL.key(name.get())
                    + " is missing; set it to the https URL at which this server takes content encryption keys.");
        }
        return Optional.of(new CekSettings(
                server.map(ServerEntry::uri).orElse(""),
                new CekPushSettings(tls(), addresses),
                values.flag(SettingKey.CEK_REQUIRED.key()),
                values.duration(SettingKey.CEK_WAIT.key(), Duration.ofSeconds(1), Duration.ZERO, LONGEST_WAIT),
                policy()));
    }

    /** Where keys are pushed to, by the URI of the server; an MC server without an address shares none. */
    private Map<String, String> addresses(List<ServerEntry> servers) {
        Map<String, String> addresses = new HashMap<>();
        for (ServerEntry server : servers) {
            String key = SettingKey.SERVER_CEK_URL.key(server.name());
            values.optional(key).ifPresent(url -> {
                values.checkBaseUrl(key, url);
                if (server.kind() != ClientKind.MC_SERVER) {
                    values.fault(key + " is set, but that server is no mc-server, which alone shares content encryption"
                            + " keys; remove it.");
                }
                addresses.put(server.uri(), url);
            });
        }
        return addresses;
    }

    private TlsFiles tls() {
        return new TlsFiles(
                values.requiredPath(
                        SettingKey.CEK_TLS_CERTIFICATE.key(),
                        "the PEM file with the certificate that this KMS shows to MC servers"),
                values.requiredPath(
                        SettingKey.CEK_TLS_KEY.key(), "the PEM file with the private key of that certificate"),
                values.requiredPath(
                        SettingKey.CEK_TLS_TRUST.key(),
                        "the PEM file with the certificates by which MC servers are trusted"));
    }

    private void checkNothingLeft(List<ServerEntry> servers) {
        Set<String> left = new TreeSet<>();
        values.keys().forEach(key -> {
            if (key.startsWith(FAMILY)) {
                left.add(key);
            }
        });
        servers.stream()
                .map(server -> SettingKey.SERVER_CEK_URL.key(server.name()))
                .filter(key -> values.optional(key).isPresent())
                .forEach(left::add);
        if (!left.isEmpty()) {
            values.fault(SettingKey.CEK_SERVER.key() + " is missing, but " + String.join(", ", left)
                    + (left.size() == 1 ? " is" : " are") + " set; set it, or remove the others.");
        }
    }

    private CekPolicy policy() {
        CekPolicy standard = CekPolicy.STANDARD;
        CekPolicy policy = new CekPolicy(
                duration(
                        SettingKey.CEK_PENDING_LIMIT,
                        standard.pendingLimit(),
                        Duration.ofSeconds(1),
                        Duration.ofDays(1)),
                duration(SettingKey.CEK_RENEW_AFTER, standard.renewAfter(), Duration.ofSeconds(10), YEAR),
                duration(SettingKey.CEK_RENEW_NOT_BEFORE, standard.renewNotBefore(), Duration.ZERO, YEAR),
                values.integer(
                        SettingKey.CEK_RENEW_AFTER_MESSAGES.key(),
                        (int) standard.renewAfterMessages(),
                        1,
                        Integer.MAX_VALUE),
                duration(SettingKey.CEK_LIFE, standard.life(), Duration.ofMinutes(1), YEAR),
                duration(SettingKey.CEK_OVERLAP, standard.overlap(), Duration.ZERO, Duration.ofDays(1)),
                values.integer(SettingKey.CEK_KEYS_PER_USER.key(), standard.keysPerUser(), 1, MOST_KEYS));
        checkOrder(
                SettingKey.CEK_RENEW_NOT_BEFORE,
                policy.renewNotBefore(),
                SettingKey.CEK_RENEW_AFTER,
                policy.renewAfter());
        checkOrder(SettingKey.CEK_RENEW_AFTER, policy.renewAfter(), SettingKey.CEK_LIFE, policy.life());
        return policy;
    }

    private Duration duration(SettingKey key, Duration byDefault, Duration least, Duration most) {
        return values.duration(key.key(), byDefault, least, most);
    }

    private void checkOrder(SettingKey earlier, Duration one, SettingKey later, Duration other) {
        if (one.compareTo(other) > 0) {
            values.fault(earlier.key() + " (" + one + ") is longer than " + later.key() + " (" + other
                    + "); lower the one or raise the other.");
        }
    }
}
