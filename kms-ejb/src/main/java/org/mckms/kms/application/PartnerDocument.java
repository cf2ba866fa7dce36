package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.CertificateProvenance;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.mikeysakke.Sha256;
import org.mckms.platform.config.CertificateFingerprint;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.partner.PartnerCertificate;
import org.mckms.protocol.partner.PartnerCertificateDocument;

/**
 * A document by which a partner gives its KMS certificate, read and checked: its points, its schedule, its role, its
 * signature if it has one. Whose it is says only the fingerprint that the operator has from the partner by another way.
 *
 * @param certificate as it would be held: with a CertUri, its times to the microsecond
 * @param sha256      of all octets of the document, 64 lower-case hex digits; any program for files computes it
 * @param fingerprint of the certificate alone, whatever white space and signature are around it, 64 lower-case hex digits
 * @param signer      the X.509 certificate in the document, under which its signature holds
 */
public record PartnerDocument(
        KmsCertificate certificate, String sha256, String fingerprint, Optional<X509Certificate> signer) {

    /** Longest document, in octets. */
    public static final int MAX_OCTETS = 11_000;

    private static final int MAX_DOMAINS = 8000;

    public PartnerDocument {
        requireNonNull(certificate, "certificate");
        requireNonNull(sha256, "sha256");
        requireNonNull(fingerprint, "fingerprint");
        requireNonNull(signer, "signer");
    }

    /**
     * Reads a document.
     *
     * @throws KmsException {@code INVALID_CERTIFICATE} or {@code MALFORMED_REQUEST}
     */
    static PartnerDocument read(byte[] octets, Instant now) {
        if (octets.length > MAX_OCTETS) {
            throw invalid("the document is longer than " + MAX_OCTETS + " octets");
        }
        PartnerCertificate read = PartnerCertificateDocument.read(octets);
        KmsCertificate certificate = held(read.certificate());
        if (certificate.certUri().isEmpty()) {
            throw invalid("it has no CertUri, by which it could be replaced");
        }
        if (certificate.validTo().filter(end -> !now.isBefore(end)).isPresent()) {
            throw invalid("its validity has ended");
        }
        return new PartnerDocument(
                certificate, hex(Sha256.of(octets)), hex(read.fingerprint().toByteArray()), read.signer());
    }

    /** The fingerprint of a certificate that is held. */
    public static String fingerprintOf(KmsCertificate certificate) {
        return hex(PartnerCertificate.fingerprint(certificate).toByteArray());
    }

    /** Who brought it in, for the row that holds it. */
    CertificateProvenance provenance(String operator, Instant at) {
        return new CertificateProvenance(operator, at, sha256, signerSha256());
    }

    /** SHA-256 of the signer's certificate, 64 lower-case hex digits. */
    public Optional<String> signerSha256() {
        return signer.map(found -> CertificateFingerprint.of(found).hex());
    }

    /** Passes only if what the operator has from the partner by another way is one of the two: each commits to all of it. */
    void mustBe(String confirmedSha256) {
        if (!sha256.equals(confirmedSha256) && !fingerprint.equals(confirmedSha256)) {
            throw invalid("neither the document nor the certificate in it has the SHA-256 that was confirmed");
        }
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static KmsCertificate held(KmsCertificate given) {
        tooLong("CertUri", given.certUri().orElse(""), RegisteredIdentity.MAX_URI_CHARACTERS);
        tooLong("KmsUri", given.kmsUri(), RegisteredIdentity.MAX_URI_CHARACTERS);
        tooLong("Issuer", given.issuer().orElse(""), RegisteredIdentity.MAX_URI_CHARACTERS);
        List<String> domains = given.domains();
        tooLong("KmsDomainList", String.join(" ", domains), MAX_DOMAINS);
        return new KmsCertificate(
                given.role(),
                given.certUri(),
                given.kmsUri(),
                given.issuer(),
                given.validFrom().map(time -> time.truncatedTo(ChronoUnit.MICROS)),
                given.validTo().map(time -> time.truncatedTo(ChronoUnit.MICROS)),
                given.revoked(),
                given.schedule(),
                given.pubEncKey(),
                given.pubAuthKey(),
                domains,
                given.securityGateway());
    }

    private static void tooLong(String name, String text, int most) {
        if (text.length() > most) {
            throw invalid("its " + name + " has more than " + most + " characters");
        }
    }

    private static KmsException invalid(String why) {
        return new KmsException(KmsErrorCode.INVALID_CERTIFICATE, "the partner certificate is refused: " + why);
    }
}
