package org.mckms.client.cli.explain;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.NamedKey;

/** Explains a registration file: who signed it and, with what opens it, what it brings; never its keys. */
final class RegistrationExplainer {
    private static final String CLAUSE = "5.3.3";
    private static final String KEYS = "D.1";
    private static final String CERTIFICATE = "D.3.2";

    private final Instant now;
    private final Optional<Opener> opener;
    private final Optional<X509Certificate> pinned;

    /** @param opener not closed here; without it only the signature is explained */
    RegistrationExplainer(Instant now, Optional<Opener> opener, Optional<X509Certificate> pinned) {
        this.now = now;
        this.opener = opener;
        this.pinned = pinned;
    }

    Explanation explain(byte[] octets) {
        ExplanationBuilder out = new ExplanationBuilder();
        try {
            X509Certificate signer = RegistrationFiles.signerOf(octets);
            SignerFields.add(out, signer, pinned);
            if (opener.isEmpty()) {
                out.field(SignerFields.CLAUSE, "content", "sealed", "--passphrase-file or --recipient-key opens it");
            } else {
                // Whoever signed it and as of the beginning of time: what is wrong with either is told, not a reason to
                // stop.
                try (RegistrationFile file =
                        RegistrationFiles.open(octets, opener.get(), Optional.of(signer), Instant.EPOCH)) {
                    content(out, file);
                }
            }
        } catch (KmsException | MikeySakkeException e) {
            out.fault(SignerFields.CLAUSE, e.getMessage());
        }
        return out.build(DocumentKind.REGISTRATION_FILE);
    }

    private void content(ExplanationBuilder out, RegistrationFile file) {
        out.field(CLAUSE, "registration", file.registrationId(), "names the hand-over in the audit trail");
        out.field(CLAUSE, "KMS URI", file.kmsUri(), "");
        file.baseUrls().forEach(url -> out.field(CLAUSE, "base URL", url, "where the KMS is reached"));
        out.field(CLAUSE, "user URI", file.userUri(), "for whom it is");
        out.field(CLAUSE, "device", file.device(), "");
        String end = file.notAfter().toString();
        out.field(
                CLAUSE,
                "usable until",
                now.isAfter(file.notAfter())
                        ? Reading.wrong(end, "the registration has expired; ask for a new one")
                        : Reading.of(end, "its keys must be used before"));
        key(out, "TrK", Optional.of(file.keys().transportKey()));
        key(out, "InK", file.keys().integrityKey());
        root(out, file.root());
    }

    private static void key(ExplanationBuilder out, String name, Optional<NamedKey> key) {
        out.field(
                KEYS,
                name,
                key.map(NamedKey::name).orElse("none"),
                key.isPresent() ? "the key itself is never shown" : "the TrK signs, as in TS 33.179");
    }

    private static void root(ExplanationBuilder out, KmsCertificate root) {
        out.enter(CERTIFICATE, "root certificate", root.certUri().orElse(""), "");
        out.field(CERTIFICATE, "KmsUri", root.kmsUri(), "");
        out.field(CERTIFICATE, "PubEncKey", root.pubEncKey().octets().toHex(), "Z_T of RFC 6508");
        out.field(CERTIFICATE, "PubAuthKey", root.pubAuthKey().octets().toHex(), "KPAK of RFC 6507");
        for (String domain : root.domains()) {
            out.field(CERTIFICATE, "KmsDomain", domain, "");
        }
        out.leave();
    }
}
