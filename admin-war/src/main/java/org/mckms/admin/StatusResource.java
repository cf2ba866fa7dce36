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
import org.mckms.gms.application.GroupOperator;
import org.mckms.gms.application.GroupSupervision;
import org.mckms.kms.application.ServerStatus;
import org.mckms.kms.application.StatusReport;
import org.mckms.kms.domain.OperatorIdentity;

/** How the server is. */
@Path("status")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    @Inject
    ServerStatus status;

    @Inject
    GroupSupervision groups;

    /** Vault, token, epoch, database, GMS, and what is missing. */
    @GET
    public JsonObject status(@Context HttpServletRequest request) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        StatusReport report = status.status(operator);
        return Views.of(report, groups.state(new GroupOperator(operator.name())));
    }
}
