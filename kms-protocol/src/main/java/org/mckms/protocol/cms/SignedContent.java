package org.mckms.protocol.cms;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * Content and its one signature: CMS SignedData (RFC 5652), written in DER. One signer, whose certificate is inside; ECDSA on
 * P-256 with SHA-256 over signed attributes. Nothing else is read, so nobody can bring something weaker.
 *
 * @param content what was signed
 * @param signer the certificate inside, whose key made the signature; unless it was pinned, whether to trust it is the
 *     caller's question
 */
public record SignedContent(Octets content, X509Certificate signer) {
    private static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    private static final AlgorithmIdentifier ECDSA_SHA256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    private static final AlgorithmIdentifier EC_P256 =
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1);

    /** Signs content; what is secret in it was sealed before. */
    public static byte[] sign(ASN1ObjectIdentifier type, byte[] content, BundleSigner signer) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                            .setSignedAttributeGenerator(SignedAttributes::typeAndDigest)
                            .build(new BundleContentSigner(signer), signer.certificate()));
            generator.addCertificate(new JcaX509CertificateHolder(signer.certificate()));
            return generator
                    .generate(new CMSProcessableByteArray(type, content), true)
                    .getEncoded(ASN1Encoding.DER);
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the content cannot be signed", e);
        }
    }

    /**
     * Verifies and reads.
     *
     * @param type the type that the content must have
     * @param pinned the only certificate accepted; empty: any
     * @throws KmsException SIGNATURE_REQUIRED if the signature is wrong or somebody else's; BODY_TOO_LARGE beyond {@code
     *     maxOctets}; MALFORMED_REQUEST if it is no such file or uses other algorithms
     */
    public static SignedContent open(
            byte[] der, ASN1ObjectIdentifier type, int maxOctets, Optional<X509Certificate> pinned) {
        DerShape.check(der, maxOctets);
        return AsnFaults.asMalformed(() -> open(der, new CMSSignedData(der), type, pinned));
    }

    private static SignedContent open(
            byte[] der, CMSSignedData data, ASN1ObjectIdentifier type, Optional<X509Certificate> pinned)
            throws CMSException, GeneralSecurityException, IOException, OperatorCreationException {
        if (!type.getId().equals(data.getSignedContentTypeOID()) || data.getSignedContent() == null) {
            throw malformed("the signed file is of another kind");
        }
        SignerInformation signature = only(data.getSignerInfos().getSigners(), "signature");
        X509CertificateHolder holder = only(data.getCertificates().getMatches(null), "certificate");
        requireOurs(signature, holder);
        requireOnlyForm(der, data, signature, holder);
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
        if (pinned.isPresent() && !pinned.get().equals(certificate)) {
            throw new KmsException(
                    SIGNATURE_REQUIRED, "the file was signed under another certificate than the one that is pinned");
        }
        if (!holds(signature, certificate)) {
            throw new KmsException(SIGNATURE_REQUIRED, "the signature of the file does not hold");
        }
        return new SignedContent(Octets.copyOf((byte[]) data.getSignedContent().getContent()), certificate);
    }

    private static void requireOurs(SignerInformation signature, X509CertificateHolder certificate) {
        if (!NISTObjectIdentifiers.id_sha256.getId().equals(signature.getDigestAlgOID())
                || !X9ObjectIdentifiers.ecdsa_with_SHA256.getId().equals(signature.getEncryptionAlgOID())
                || !EC_P256.equals(certificate.getSubjectPublicKeyInfo().getAlgorithm())) {
            throw malformed("the file is signed with something else than ECDSA on P-256 with SHA-256");
        }
    }

    /** What is not under the signature can be written in one way only, so that no octet of a file is anybody's to change. */
    private static void requireOnlyForm(
            byte[] der, CMSSignedData data, SignerInformation signature, X509CertificateHolder certificate)
            throws IOException {
        SignerInfo signer = new SignerInfo(
                new SignerIdentifier(new IssuerAndSerialNumber(certificate.toASN1Structure())),
                SHA256,
                signature.toASN1Structure().getAuthenticatedAttributes(),
                ECDSA_SHA256,
                new DEROctetString(signature.getSignature()),
                (ASN1Set) null);
        SignedData expected = new SignedData(
                new DERSet(SHA256),
                new ContentInfo(data.getSignedContent().getContentType(), new DEROctetString((byte[])
                        data.getSignedContent().getContent())),
                new DERSet(certificate.toASN1Structure()),
                null,
                new DERSet(signer));
        byte[] only = new ContentInfo(CMSObjectIdentifiers.signedData, expected).getEncoded(ASN1Encoding.DER);
        if (signature.getSignedAttributes() == null || !Arrays.equals(der, only)) {
            throw malformed("the signed file is not in the only form that is read");
        }
    }

    private static boolean holds(SignerInformation signature, X509Certificate certificate)
            throws CMSException, OperatorCreationException {
        try {
            return signature.verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()));
        } catch (CMSSignerDigestMismatchException e) {
            return false;
        }
    }

    private static <T> T only(Collection<T> found, String name) {
        if (found.size() != 1) {
            throw malformed("the file has " + found.size() + " of: " + name + ", exactly one is accepted");
        }
        return found.iterator().next();
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
