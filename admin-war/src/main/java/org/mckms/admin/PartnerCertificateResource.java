package org.mckms.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.mckms.kms.application.PartnerCertificates;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;

/** The KMS certificates of partners. */
@Path("partner-certificates")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PartnerCertificateResource {

    private static final Set<String> DOCUMENT = Set.of("document", "sha256");
    private static final Set<String> URI_AND_REASON = Set.of("certUri", "reason");
    private static final int SHA256_WITH_COLONS = 95;

    @Inject
    PartnerCertificates certificates;

    /** All that are held. */
    @GET
    public JsonObject list(@Context HttpServletRequest request) {
        return Views.list("certificates", certificates.list(OperatorFilter.operatorOf(request)), PartnerViews::of)
                .build();
    }

    /** One of them. */
    @GET
    @Path("show")
    public JsonObject show(@Context HttpServletRequest request, @QueryParam("certUri") String certUri) {
        return PartnerViews.of(
                certificates.show(OperatorFilter.operatorOf(request), Parameters.uri("certUri", certUri)));
    }

    /** What was held under a CertUri before. */
    @GET
    @Path("history")
    public JsonObject history(@Context HttpServletRequest request, @QueryParam("certUri") String certUri) {
        return Views.list(
                        "history",
                        certificates.history(OperatorFilter.operatorOf(request), Parameters.uri("certUri", certUri)),
                        PartnerViews::of)
                .build();
    }

    /** Reads and checks a document and changes nothing. */
    @POST
    @Path("verify")
    public JsonObject verify(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, Set.of("document"))) {
            return PartnerViews.of(certificates.verify(OperatorFilter.operatorOf(request), document(body)));
        }
    }

    /** Takes in a certificate. */
    @POST
    public JsonObject importDocument(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, DOCUMENT)) {
            return PartnerViews.of(
                    certificates.importDocument(OperatorFilter.operatorOf(request), document(body), sha256(body)));
        }
    }

    /** Puts a certificate in the place of the one of the same CertUri. */
    @POST
    @Path("replace")
    public JsonObject replace(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, DOCUMENT)) {
            return PartnerViews.of(
                    certificates.replace(OperatorFilter.operatorOf(request), document(body), sha256(body)));
        }
    }

    /** Tells clients that a certificate is revoked. */
    @POST
    @Path("revoke")
    public JsonObject revoke(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, URI_AND_REASON)) {
            return PartnerViews.of(
                    certificates.revoke(OperatorFilter.operatorOf(request), certUri(body), reason(body)));
        }
    }

    /** Takes a revoked certificate out of the cache. */
    @POST
    @Path("remove")
    public JsonObject remove(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, URI_AND_REASON)) {
            certificates.remove(OperatorFilter.operatorOf(request), certUri(body), reason(body));
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    private static byte[] document(JsonBody body) {
        try {
            return Base64.getDecoder().decode(body.text("document", JsonBody.MAX_OCTETS));
        } catch (IllegalArgumentException e) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "document must be base64", e);
        }
    }

    /** In either case and with or without colons, as programs print it. */
    private static String sha256(JsonBody body) {
        return body.text("sha256", SHA256_WITH_COLONS).replace(":", "").toLowerCase(Locale.ROOT);
    }

    private static String certUri(JsonBody body) {
        return Parameters.uri("certUri", body.text("certUri", Parameters.MAX_URI));
    }

    private static String reason(JsonBody body) {
        return body.text("reason", Parameters.MAX_REASON);
    }
}
