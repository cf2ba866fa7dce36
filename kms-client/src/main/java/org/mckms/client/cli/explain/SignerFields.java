package org.mckms.client.cli.explain;

import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import org.mckms.protocol.cms.CertificateFingerprint;

/** The certificate under which a file of the KMS is signed. */
final class SignerFields {
    static final String CLAUSE = "RFC 5652 5";

    private SignerFields() {}

    /** @param pinned the certificate that it has to be, if that is known */
    static void add(ExplanationBuilder out, X509Certificate signer, Optional<X509Certificate> pinned) {
        String fingerprint = CertificateFingerprint.of(signer).toHex().toLowerCase(Locale.ROOT);
        out.enter(CLAUSE, "signature", "", "ECDSA on P-256 with SHA-256; it holds");
        out.field("RFC 5280 4.1.2.6", "signer", signer.getSubjectX500Principal().getName(), "");
        if (pinned.isPresent() && !pinned.get().equals(signer)) {
            out.field(
                    CLAUSE,
                    "SHA-256",
                    Reading.wrong(fingerprint, "is not the certificate that has to be the signer's"));
        } else {
            out.field(
                    CLAUSE,
                    "SHA-256",
                    fingerprint,
                    pinned.isPresent() ? "as it has to be" : "compare it, or give --signer");
        }
        out.leave();
    }
}
