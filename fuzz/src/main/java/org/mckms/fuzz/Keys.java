package org.mckms.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** The keys of the corpora: the private ones are examples of RFC 6979 A.2.5, RFC 7517 A.2 and RFC 7515 A.3. */
public final class Keys {
    /** The user whose keys these are. */
    public static final String ALICE = "sip:alice@example.org";
    /** The KMS. */
    public static final String KMS = "kms.example.org";
    /** Signs files in place of the token. */
    public static final Signer SIGNER = new Signer(certificate("signer.crt"), key("signer.key"));
    /** The device that registration files are sealed for. */
    public static final X509Certificate DEVICE = certificate("device.crt");
    /** Its private key. */
    public static final PrivateKey DEVICE_KEY = key("device.key");

    private static final int KEY_OCTETS = 32;

    private Keys() {}

    /** TrK 00..1F and InK 20..3F, as in the vectors of the security extension. */
    public static ClientKeys clientKeys() {
        return new ClientKeys(named("tk.1." + ALICE, 0), Optional.of(named("ink.1." + ALICE, KEY_OCTETS)));
    }

    private static NamedKey named(String name, int first) {
        byte[] key = new byte[KEY_OCTETS];
        for (int i = 0; i < KEY_OCTETS; i++) {
            key[i] = (byte) (first + i);
        }
        return NamedKey.takeFrom(name, key);
    }

    /** A resource beside this class. */
    public static byte[] resource(String name) {
        try (InputStream in = Keys.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate certificate(String name) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(resource(name)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A private key from a resource, PKCS#8 in DER, EC. */
    public static PrivateKey key(String name) {
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(resource(name)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** ECDSA with a key in memory. */
    public record Signer(X509Certificate certificate, PrivateKey key) implements BundleSigner {
        @Override
        public byte[] sign(byte[] message) {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(key);
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
