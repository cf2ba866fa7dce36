package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Certificates of partner KMSs, and the own one for them; errors as of {@link AdminClient}. Safe for use by several threads. */
public final class PartnersAdmin {
    private static final String ROOT = "/partner-certificates";

    private final AdminExchange exchange;

    PartnersAdmin(AdminExchange exchange) {
        this.exchange = exchange;
    }

    public JsonStructure list() {
        return exchange.get(ROOT);
    }

    public JsonObject show(String certUri) {
        return exchange.get(ROOT + "/show?certUri=" + PathSegment.encode(certUri))
                .asJsonObject();
    }

    /** Former states, the newest first. */
    public JsonStructure history(String certUri) {
        return exchange.get(ROOT + "/history?certUri=" + PathSegment.encode(certUri));
    }

    /** Lets the server read and check a document; nothing changes. */
    public JsonObject verify(byte[] document) {
        return exchange.post(
                ROOT + "/verify",
                Json.createObjectBuilder().add("document", base64(document)).build());
    }

    /**
     * Takes in a certificate.
     *
     * @param sha256 of the document, or the fingerprint of the certificate, as the partner's operator has told it
     */
    public JsonObject importCertificate(byte[] document, String sha256) {
        return exchange.post(ROOT, confirmed(document, sha256));
    }

    /** Puts a certificate in the place of the one of the same CertUri; parameters as of {@link #importCertificate}. */
    public JsonObject replace(byte[] document, String sha256) {
        return exchange.post(ROOT + "/replace", confirmed(document, sha256));
    }

    /** Tells clients that a certificate is revoked. */
    public JsonObject revoke(String certUri, String reason) {
        return exchange.post(ROOT + "/revoke", withReason(certUri, reason));
    }

    /** Takes a revoked certificate out of the cache. */
    public JsonObject remove(String certUri, String reason) {
        return exchange.post(ROOT + "/remove", withReason(certUri, reason));
    }

    /**
     * Writes the own certificate, signed for partners, to a file.
     *
     * @param certUri of an active epoch; absent: that of the present
     */
    public void exportOwn(Optional<String> certUri, Path file) {
        exchange.download(
                "/certificate"
                        + certUri.map(uri -> "?certUri=" + PathSegment.encode(uri))
                                .orElse(""),
                file);
    }

    private static JsonObject confirmed(byte[] document, String sha256) {
        return Json.createObjectBuilder()
                .add("document", base64(document))
                .add("sha256", sha256)
                .build();
    }

    private static JsonObject withReason(String certUri, String reason) {
        return Json.createObjectBuilder()
                .add("certUri", certUri)
                .add("reason", reason)
                .build();
    }

    private static String base64(byte[] document) {
        return Base64.getEncoder().encodeToString(document);
    }
}
