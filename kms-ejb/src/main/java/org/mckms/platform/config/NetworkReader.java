package org.mckms.platform.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code kms.discovery}, {@code kms.proxy.port} and {@code kms.proxy.<name>.*}. */
final class NetworkReader {

    /** The default of {@code kms.proxy.port}, in {@code configure.cli} too. */
    private static final int PROXY_PORT = 8444;

    private final SettingValues values;

    NetworkReader(SettingValues values) {
        this.values = values;
    }

    NetworkSettings read(List<ServerEntry> servers) {
        Set<String> names = servers.stream().map(ServerEntry::name).collect(Collectors.toSet());
        List<ProxyEntry> proxies = new ArrayList<>();
        for (String name : SettingKey.names("kms.proxy.", values.keys())) {
            proxies.add(proxy(name, names));
        }
        return new NetworkSettings(
                values.choice(SettingKey.DISCOVERY.key(), Discovery.class, Optional.of(Discovery.OFF)) == Discovery.ON,
                values.integer(SettingKey.PROXY_PORT.key(), PROXY_PORT, 1, 65_535),
                proxies);
    }

    private ProxyEntry proxy(String name, Set<String> servers) {
        String key = SettingKey.PROXY_ASSERTS.key(name);
        Set<String> asserts = new HashSet<>(values.list(key));
        for (String server : asserts) {
            if (!servers.contains(server)) {
                values.fault(key + " contains \"" + server + "\", which no kms.server.<name>.* describes.");
            }
        }
        return new ProxyEntry(
                name,
                values.fingerprint(SettingKey.PROXY_CERTIFICATE.key(name)),
                asserts,
                values.choice(SettingKey.PROXY_FORWARDS.key(name), Forwarding.class, Optional.of(Forwarding.NONE)));
    }

    private enum Discovery {
        OFF,
        ON
    }
}
