package org.mckms.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a client trusts in TLS and, where it has one, its own certificate. Only the certificates of the given file are
 * trusted, never those of the Java installation: a KMS belongs to a closed network. The private key stays inside; it is
 * read once and kept in memory for the life of this object. Immutable and safe for use by several threads.
 */
public final class TlsMaterial {
    private final KeyStore trusted;
    private final Optional<KeyManager[]> ownKey;

    private TlsMaterial(KeyStore trusted, Optional<KeyManager[]> ownKey) {
        this.trusted = trusted;
        this.ownKey = ownKey;
    }

    /**
     * Trusts the certificates of a PEM file and nobody else.
     *
     * @throws ClientSetupException if the file cannot be read or holds no certificate
     */
    public static TlsMaterial trusting(Path pemFile) {
        try {
            KeyStore trusted = emptyStore();
            int number = 0;
            for (Certificate certificate : certificates(pemFile)) {
                trusted.setCertificateEntry("trusted-" + number++, certificate);
            }
            return new TlsMaterial(trusted, Optional.empty());
        } catch (IOException | GeneralSecurityException e) {
            throw new ClientSetupException("cannot read the trusted certificates in " + pemFile, e);
        }
    }

    /**
     * The same trust with an own certificate and key out of a PKCS#12 file.
     *
     * @param password of file and key; not kept, the caller wipes it
     * @throws ClientSetupException if the file cannot be read, the password is wrong or there is no private key inside
     */
    public TlsMaterial withPkcs12(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, password);
            if (keyAlias(own).isEmpty()) {
                throw new ClientSetupException("no private key in " + file);
            }
            return withKeyStore(own, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new ClientSetupException("cannot open " + file + " (is the password right?)", e);
        }
    }

    /**
     * The same trust with an own certificate chain and key out of PEM files.
     *
     * @param keyFile an unencrypted PKCS#8 key, EC or RSA
     * @throws ClientSetupException if a file cannot be read or key and certificate are of different kinds
     */
    public TlsMaterial withPem(Path certificateFile, Path keyFile) {
        char[] password = {'p', 'e', 'm'};
        try {
            List<? extends Certificate> chain = List.copyOf(certificates(certificateFile));
            PrivateKey key =
                    PemPrivateKey.read(keyFile, chain.get(0).getPublicKey().getAlgorithm());
            KeyStore own = emptyStore();
            own.setKeyEntry("own", key, password, chain.toArray(Certificate[]::new));
            return withKeyStore(own, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new ClientSetupException("cannot use " + certificateFile + " with the key " + keyFile, e);
        }
    }

    /**
     * Writes certificate chain and key of a PKCS#12 file to PEM files, for a server that is given those.
     *
     * @param password of file and key; not kept, the caller wipes it
     * @throws ClientSetupException if a file cannot be read or written, the password is wrong or there is no key inside
     */
    public static void writePem(Path pkcs12, char[] password, Path certificateFile, Path keyFile) {
        try (InputStream in = Files.newInputStream(pkcs12)) {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(in, password);
            String alias = keyAlias(own).orElseThrow(() -> new ClientSetupException("no private key in " + pkcs12));
            PemFiles.writeChain(certificateFile, own.getCertificateChain(alias));
            PemFiles.writeKey(keyFile, own.getKey(alias, password));
        } catch (IOException | GeneralSecurityException e) {
            throw new ClientSetupException("cannot write the key of " + pkcs12 + " to " + keyFile, e);
        }
    }

    /** Whether there is an own certificate to show to the server. */
    public boolean hasOwnCertificate() {
        return ownKey.isPresent();
    }

    /** A TLS context for this material; the caller may keep it. */
    public SSLContext context() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(ownKey.orElse(null), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ClientSetupException("TLS cannot be set up", e);
        }
    }

    private TlsMaterial withKeyStore(KeyStore own, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, password);
        return new TlsMaterial(trusted, Optional.of(keys.getKeyManagers()));
    }

    private static Optional<String> keyAlias(KeyStore store) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                return Optional.of(alias);
            }
        }
        return Optional.empty();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path pemFile)
            throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(pemFile)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new ClientSetupException("no certificate in " + pemFile);
            }
            return found;
        }
    }
}
