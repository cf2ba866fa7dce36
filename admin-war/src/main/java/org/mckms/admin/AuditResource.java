package org.mckms.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.application.AuditReview;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.json.JsonBody;

/** Lets auditors read, take away and verify the audit trail. */
@Path("audit")
@RequestScoped
public class AuditResource {

    private static final String JSON_LINES = "application/x-ndjson";
    private static final String PEM = "application/x-pem-file";
    private static final int PEM_LINE = 64;

    @Inject
    AuditReview audit;

    /** A page of records in the order of commit. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject list(
            @Context HttpServletRequest request,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @QueryParam("event") String event) {
        Optional<AuditEvent> wanted =
                Optional.ofNullable(event).map(name -> Parameters.constant(AuditEvent.class, "event", name));
        return Views.of(audit.list(
                OperatorFilter.operatorOf(request), Parameters.position(after), Parameters.limit(limit), wanted));
    }

    /** All records as JSON lines. */
    @GET
    @Path("export")
    @Produces(JSON_LINES)
    public StreamingOutput export(@Context HttpServletRequest request) {
        OperatorIdentity auditor = OperatorFilter.operatorOf(request);
        return out -> audit.export(auditor, out);
    }

    /** All checkpoints as JSON lines. */
    @GET
    @Path("checkpoints")
    @Produces(JSON_LINES)
    public StreamingOutput checkpoints(@Context HttpServletRequest request) {
        OperatorIdentity auditor = OperatorFilter.operatorOf(request);
        return out -> audit.checkpoints(auditor, out);
    }

    /** The certificate under which checkpoints are signed, in PEM (RFC 7468). */
    @GET
    @Path("certificate")
    @Produces(PEM)
    public String certificate(@Context HttpServletRequest request) {
        byte[] der = audit.certificate(OperatorFilter.operatorOf(request));
        Base64.Encoder lines = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN CERTIFICATE-----\n" + lines.encodeToString(der) + "\n-----END CERTIFICATE-----\n";
    }

    /** Verifies the whole trail. */
    @POST
    @Path("verify")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public JsonObject verify(@Context HttpServletRequest request, InputStream in) {
        JsonBody.read(in, Set.of()).close();
        return Views.of(audit.verify(OperatorFilter.operatorOf(request)));
    }
}
