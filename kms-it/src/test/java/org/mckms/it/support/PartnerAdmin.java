package org.mckms.it.support;

import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.mckms.mikeysakke.Sha256;

/** What an officer does with certificates of partner KMSs. */
public record PartnerAdmin(AdminFace officer) {
    /** The signed certificate of this KMS for its partners, as a file. */
    public byte[] exportOwn(String query) {
        Reply reply = officer.get("/certificate" + query);
        if (reply.status() != 200) {
            throw new AssertionError("no certificate: " + reply);
        }
        return reply.body();
    }

    /** Imports or replaces ({@code verb} empty or {@code /replace}) with the right fingerprint. */
    public JsonObject take(String verb, byte[] document) {
        return AdminFace.object(send(verb, document, sha256(document)));
    }

    /** The same with any fingerprint. */
    public Reply send(String verb, byte[] document, String sha256) {
        return officer.post(
                "/partner-certificates" + verb,
                Map.of("document", Base64.getEncoder().encodeToString(document), "sha256", sha256));
    }

    public Reply act(String verb, String certUri) {
        return officer.post("/partner-certificates/" + verb, Map.of("certUri", certUri, "reason", "test"));
    }

    public static String sha256(byte[] document) {
        return HexFormat.of().formatHex(Sha256.of(document));
    }
}
