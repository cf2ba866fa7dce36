package org.mckms.gms.infrastructure.kms;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeExtraction;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.protocol.cms.BundleSigner;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Masters of a KMS in memory: registration files and key sets for any identity. */
final class TestKms implements BundleSigner {

    /** 28 days. */
    static final KeyPeriodSchedule SCHEDULE = new KeyPeriodSchedule(2_419_200, 0);

    private final int seed;
    private final KmsCertificate root;
    private final KeyPair signingKey;
    private final X509Certificate signer;

    /**
     * @param seed 1 to 100: other numbers, other masters
     * @param domain its KmsUri is {@code kms.<domain>}
     */
    TestKms(int seed, String domain, Instant validFrom, Instant validTo) {
        this.seed = seed;
        try (KmsMasterSecret z = KmsMasterSecret.takeFrom(octets(128, seed));
                KmsSecretAuthenticationKey ksak = KmsSecretAuthenticationKey.takeFrom(octets(32, seed + 1))) {
            root = certificate(Role.ROOT, domain, validFrom, validTo, z, ksak);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            signingKey = generator.generateKeyPair();
            signer = selfSigned(signingKey, validFrom, validTo);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KmsCertificate certificate(
            Role role,
            String domain,
            Instant validFrom,
            Instant validTo,
            KmsMasterSecret z,
            KmsSecretAuthenticationKey ksak) {
        return new KmsCertificate(
                role,
                Optional.of("cert1.kms." + domain),
                "kms." + domain,
                Optional.empty(),
                Optional.of(validFrom),
                Optional.of(validTo),
                false,
                SCHEDULE,
                z.publicKey(),
                ksak.publicKey(),
                List.of(domain));
    }

    private static X509Certificate selfSigned(KeyPair key, Instant from, Instant to)
            throws GeneralSecurityException, OperatorCreationException {
        X500Name name = new X500Name("CN=bundles");
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name, BigInteger.ONE, Date.from(from), Date.from(to), name, key.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
    }

    KmsCertificate root() {
        return root;
    }

    /** The certificate as partners have it. */
    KmsCertificate external() {
        return new KmsCertificate(
                Role.EXTERNAL,
                root.certUri(),
                root.kmsUri(),
                root.issuer(),
                root.validFrom(),
                root.validTo(),
                false,
                root.schedule(),
                root.pubEncKey(),
                root.pubAuthKey(),
                root.domains());
    }

    KmsKeySet keySet(String uri, KeyPeriod period) {
        UserIdentifier uid = UserIdentifier.format2(uri, root.kmsUri(), SCHEDULE, period);
        try (KmsMasterSecret z = KmsMasterSecret.takeFrom(octets(128, seed));
                KmsSecretAuthenticationKey ksak = KmsSecretAuthenticationKey.takeFrom(octets(32, seed + 1));
                SecretScalar v = SecretScalar.takeFrom(octets(32, seed + 2))) {
            PublicValidationToken pvt = EccsiExtraction.pvt(v);
            SecretSigningKey ssk =
                    EccsiExtraction.ssk(ksak, EccsiExtraction.hs(ksak.publicKey(), uid.octets(), pvt), v);
            ReceiverSecretKey rsk = SakkeExtraction.extract(uid.octets(), z);
            return new KmsKeySet(
                    root.kmsUri(),
                    root.certUri(),
                    Optional.empty(),
                    uri,
                    uid,
                    Optional.of(SCHEDULE.start(period)),
                    Optional.of(SCHEDULE.lastSecond(period)),
                    period,
                    false,
                    rsk,
                    ssk,
                    pvt);
        }
    }

    /**
     * A registration file for a device.
     *
     * @param number enters the names of its keys
     */
    byte[] registration(String uri, int number, String passphrase, String baseUrl, Instant notAfter) {
        ClientKeys keys = new ClientKeys(
                NamedKey.takeFrom("tk." + number, octets(32, number)),
                Optional.of(NamedKey.takeFrom("ink." + number, octets(32, number + 1))));
        try (Recipient recipient = Recipient.passphrase(passphrase.toCharArray());
                RegistrationFile file = new RegistrationFile(
                        "registration-" + number,
                        root.kmsUri(),
                        List.of(baseUrl),
                        uri,
                        "node-1",
                        keys,
                        notAfter,
                        root)) {
            return RegistrationFiles.seal(file, recipient, this, new SecureRandom());
        }
    }

    @Override
    public X509Certificate certificate() {
        return signer;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signingKey.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Certificate and key of the signer, which serve as TLS files too. */
    String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", signer.getEncoded());
    }

    String keyPem() {
        return pem("PRIVATE KEY", signingKey.getPrivate().getEncoded());
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    /** A number well below the orders of both groups. */
    private static byte[] octets(int length, int value) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        octets[0] = 0;
        return octets;
    }
}
