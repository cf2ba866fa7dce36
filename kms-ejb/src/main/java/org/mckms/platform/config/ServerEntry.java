package org.mckms.platform.config;

import org.mckms.kms.domain.ClientKind;

/**
 * One MC server, GMS or GMS of a partner: it needs this certificate and a token of this issuer with this client_id, all three.
 *
 * @param name              the {@code <name>} of {@code kms.server.<name>.*}
 * @param kind              anything but {@code MC_CLIENT}
 * @param uri               its identity; no user token yields it
 * @param certificateSha256 SHA-256 of its DER certificate, 64 lower-case hex digits
 * @param issuer            the {@code <name>} of the {@code kms.issuer.<name>.*} that speaks for it, and the only one
 */
public record ServerEntry(
        String name, ClientKind kind, String uri, String certificateSha256, String clientId, String issuer) {}
