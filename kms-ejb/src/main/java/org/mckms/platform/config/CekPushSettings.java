package org.mckms.platform.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * How content encryption keys get to MC servers (CSC-9).
 *
 * @param tls       own certificate and whom to trust; read anew when the files change
 * @param addresses https URL that changes are posted to, by the URI of the server
 */
public record CekPushSettings(TlsFiles tls, Map<String, String> addresses) {

    public CekPushSettings {
        requireNonNull(tls, "tls");
        addresses = Map.copyOf(addresses);
    }
}
