package org.mckms.platform.config;

import java.util.Set;

/**
 * One reverse proxy that ends TLS in front of this server (HTTP proxy of TS 33.180 annex D.1).
 *
 * @param name              the {@code <name>} of {@code kms.proxy.<name>.*}
 * @param certificateSha256 SHA-256 of its DER client certificate, 64 lower-case hex digits
 * @param asserts           names of the servers that it may assert by {@code X-3GPP-Asserted-Identity}
 * @param forwards          where it names the source of a request
 */
public record ProxyEntry(String name, String certificateSha256, Set<String> asserts, Forwarding forwards) {

    public ProxyEntry {
        asserts = Set.copyOf(asserts);
    }
}
