package org.mckms.platform.hsm;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The self-signed certificates of signing keys; they also say which token a key was made for. */
final class TokenCertificate {

    private static final int SERIAL_BITS = 127;

    /** RFC 5280 clause 4.1.2.5: no well-defined expiration date. */
    private static final Instant NO_END = Instant.parse("9999-12-31T23:59:59Z");

    /** Before the clock of any server that makes a key. */
    private static final Instant VALID_SINCE = Instant.parse("2020-01-01T00:00:00Z");

    private TokenCertificate() {}

    /** A certificate for CN={@code commonName}, OU={@code tokenLabel}, signed by the key itself. */
    static X509Certificate selfSigned(
            KeyPair pair, String commonName, String tokenLabel, Provider provider, SecureRandom random)
            throws GeneralSecurityException {
        X500Name subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .addRDN(BCStyle.OU, tokenLabel)
                .build();
        BigInteger serial = new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE);
        try {
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .setProvider(provider)
                    .build(pair.getPrivate());
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    subject,
                                    serial,
                                    Date.from(VALID_SINCE),
                                    Date.from(NO_END),
                                    subject,
                                    pair.getPublic())
                            .build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign the certificate", e);
        }
    }

    /** The OU of the subject: the label of the token that the key was made for, or empty. */
    static String tokenLabel(X509Certificate certificate) {
        RDN[] units = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded())
                .getRDNs(BCStyle.OU);
        return units.length == 1 ? IETFUtils.valueToString(units[0].getFirst().getValue()) : "";
    }
}
