package org.mckms.platform.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * PEM files with which this site speaks as a client of others.
 *
 * @param certificate chain of the own certificate
 * @param key         its private key, PKCS#8
 * @param trust       certificates of those who are trusted, and nobody else
 */
public record TlsFiles(Path certificate, Path key, Path trust) {

    public TlsFiles {
        requireNonNull(certificate, "certificate");
        requireNonNull(key, "key");
        requireNonNull(trust, "trust");
    }
}
