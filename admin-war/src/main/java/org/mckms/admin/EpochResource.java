package org.mckms.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.Set;
import org.mckms.kms.application.Ceremony;
import org.mckms.kms.application.Epochs;
import org.mckms.kms.application.OwnCertificate;
import org.mckms.kms.domain.EpochId;
import org.mckms.protocol.json.JsonBody;

/** Epochs and KMS certificates. */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class EpochResource {

    @Inject
    Epochs epochs;

    @Inject
    Ceremony ceremony;

    @Inject
    OwnCertificate own;

    /** All epochs, newest first. */
    @GET
    @Path("epochs")
    public JsonObject list(@Context HttpServletRequest request) {
        return Views.list("epochs", epochs.list(OperatorFilter.operatorOf(request)), Views::of)
                .build();
    }

    /** Ends an epoch for good. */
    @POST
    @Path("epochs/{id}/retire")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject retire(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        JsonBody.read(in, Set.of()).close();
        EpochId epoch = Parameters.checked(() -> EpochId.parse(id));
        return Views.of(ceremony.retireEpoch(OperatorFilter.operatorOf(request), epoch));
    }

    /** The own certificate for partners, signed: a SignedKmsCertificate. */
    @GET
    @Path("certificate")
    @Produces(MediaType.APPLICATION_XML)
    public byte[] ownCertificate(@Context HttpServletRequest request, @QueryParam("certUri") String certUri) {
        return own.export(OperatorFilter.operatorOf(request), Parameters.optionalUri("certUri", certUri));
    }

    /** Own root certificates, then those of partners. */
    @GET
    @Path("certificates")
    public JsonObject certificates(@Context HttpServletRequest request) {
        return Views.list("certificates", epochs.certificates(OperatorFilter.operatorOf(request)), Views::of)
                .build();
    }
}
