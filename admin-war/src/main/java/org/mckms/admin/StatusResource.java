package org.mckms.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.mckms.kms.application.ServerStatus;

/** How the server is. */
@Path("status")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    @Inject
    ServerStatus status;

    /** Vault, token, epoch, database, and what is missing. */
    @GET
    public JsonObject status(@Context HttpServletRequest request) {
        return Views.of(status.status(OperatorFilter.operatorOf(request)));
    }
}
