package org.mckms.csc.token;

import org.mckms.platform.config.TokenIssuerSettings;

/** One issuer together with the keys that are its own and nobody else's. */
public record TrustedIssuer(TokenIssuerSettings settings, JwkSetCache keys) {}
