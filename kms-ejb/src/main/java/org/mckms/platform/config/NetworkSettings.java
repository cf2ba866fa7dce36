package org.mckms.platform.config;

import java.util.List;

/**
 * What clients meet between them and this server, and which of the optional resources it has.
 *
 * @param discovery whether {@code lookup} and {@code redirect} are served (TS 33.180 annexes D.2.7 and D.2.8)
 * @param proxyPort local port of the listener for proxies
 */
public record NetworkSettings(boolean discovery, int proxyPort, List<ProxyEntry> proxies) {

    public NetworkSettings {
        proxies = List.copyOf(proxies);
    }
}
