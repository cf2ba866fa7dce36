package org.mckms.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS with the keys and certificates of a development home. */
final class LoadTls {
    private LoadTls() {}

    /** For a client without a certificate. */
    static SSLContext anonymous(Path home) throws IOException, GeneralSecurityException {
        return context(home, Optional.empty());
    }

    /** For one of the operators of the home. */
    static SSLContext operator(Path home, String name) throws IOException, GeneralSecurityException {
        return context(home, Optional.of(home.resolve("tls/operators").resolve(name)));
    }

    /** For an MC server of the home that the KMS comes to. */
    static SSLContext listener(Path home, String name) throws IOException, GeneralSecurityException {
        return context(home, Optional.of(home.resolve("tls/servers").resolve(name + "-listener")));
    }

    private static SSLContext context(Path home, Optional<Path> credential)
            throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(home.resolve("tls/ca.pem"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (credential.isPresent()) {
            char[] password = Files.readString(Path.of(credential.get() + ".password"))
                    .trim()
                    .toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(Path.of(credential.get() + ".p12"))) {
                store.load(in, password);
            }
            keys.init(store, password);
        } else {
            keys.init(null, null);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
