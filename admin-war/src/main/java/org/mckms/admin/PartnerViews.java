package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.mckms.kms.application.PartnerCertificateView;
import org.mckms.kms.application.PartnerDocument;
import org.mckms.kms.domain.ExternalCertificate;
import org.mckms.kms.domain.FormerCertificate;

/** How partner certificates look in JSON; see {@link Views}. */
final class PartnerViews {

    private PartnerViews() {}

    static JsonObject of(PartnerCertificateView view) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("certUri", view.certUri())
                .add("holds", view.holds())
                .add("integrity", view.integrity().name());
        view.content().ifPresent(content -> add(json, content));
        return json.build();
    }

    private static void add(JsonObjectBuilder json, ExternalCertificate held) {
        json.addAll(Json.createObjectBuilder(Views.of(held.certificate())))
                .add("fingerprint", PartnerDocument.fingerprintOf(held.certificate()))
                .add("cacheNum", held.cacheNum())
                .add("importedBy", held.provenance().importedBy())
                .add("importedAt", held.provenance().importedAt().toString())
                .add("documentSha256", held.provenance().documentSha256())
                .add("signerSha256", Views.text(held.provenance().signerSha256()));
    }

    static JsonObject of(PartnerDocument document) {
        return Json.createObjectBuilder(Views.of(document.certificate()))
                .add("fingerprint", document.fingerprint())
                .add("documentSha256", document.sha256())
                .add("signerSha256", Views.text(document.signerSha256()))
                .add("signer", Views.text(document.signer().map(signer -> signer.getSubjectX500Principal()
                        .getName())))
                .build();
    }

    static JsonObject of(FormerCertificate former) {
        return Json.createObjectBuilder()
                .add("certUri", former.certUri())
                .add("cacheNum", former.cacheNum())
                .add("kmsUri", former.kmsUri())
                .add("pubEncKey", former.pubEncKey().toHex())
                .add("pubAuthKey", former.pubAuthKey().toHex())
                .add("documentSha256", former.documentSha256())
                .add("importedBy", former.importedBy())
                .add("importedAt", former.importedAt().toString())
                .add("ending", former.ending().kind().name())
                .add("endedBy", former.ending().by())
                .add("endedAt", former.ending().at().toString())
                .add("reason", Views.text(former.ending().reason()))
                .build();
    }
}
