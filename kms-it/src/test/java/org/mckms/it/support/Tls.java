package org.mckms.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;

/** Makes TLS contexts of clients: whom to trust, and which certificate to show. */
public final class Tls {
    private Tls() {}

    /** A certificate with its private key, in a PKCS#12 file. */
    public record Credential(Path file, char[] password) {
        public Credential {
            password = password.clone();
        }

        @Override
        public char[] password() {
            return password.clone();
        }

        /** The certificate of the only key in the file. */
        public Certificate certificate() throws GeneralSecurityException, IOException {
            KeyStore store = load();
            return store.getCertificate(store.aliases().nextElement());
        }

        KeyStore load() throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password);
            }
            return store;
        }
    }

    /** A context that trusts the certificates of a PEM file and shows {@code credential}, if there is one. */
    public static SSLContext context(Path trustPem, Optional<Credential> credential) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trustStore(trustPem));
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            if (credential.isPresent()) {
                keys.init(credential.get().load(), credential.get().password());
            } else {
                keys.init(null, null);
            }
            X509KeyManager stubborn = new AlwaysShow((X509KeyManager) keys.getKeyManagers()[0]);
            context.init(new KeyManager[] {stubborn}, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("no TLS context from " + trustPem + " and " + credential, e);
        }
    }

    /**
     * Shows the client's certificate whichever authorities the server has asked for, as an attacker would; the JDK's own
     * key manager would keep it back.
     */
    private static final class AlwaysShow extends X509ExtendedKeyManager {
        private final X509KeyManager keys;

        AlwaysShow(X509KeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return keys.getClientAliases(keyType, null);
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return keys.chooseClientAlias(keyTypes, null, socket);
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return keys.chooseClientAlias(keyTypes, null, null);
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return keys.getServerAliases(keyType, issuers);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(keyType, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    private static KeyStore trustStore(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
        }
        return store;
    }
}
