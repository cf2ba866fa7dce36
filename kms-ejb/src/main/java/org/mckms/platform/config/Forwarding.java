package org.mckms.platform.config;

/** The header field in which a proxy names the address that a request came to it from. */
public enum Forwarding {
    /** None is believed; the source of a request is the proxy. */
    NONE,
    /** {@code Forwarded} (RFC 7239). */
    FORWARDED,
    /** {@code X-Forwarded-For}. */
    X_FORWARDED_FOR
}
