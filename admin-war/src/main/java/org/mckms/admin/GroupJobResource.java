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
import java.util.UUID;
import org.mckms.gms.application.GroupOperator;
import org.mckms.gms.application.GroupSupervision;
import org.mckms.protocol.json.JsonBody;

/** Jobs that make messages of groups, for operators: they hold up what takes the machine. */
@Path("gms/jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class GroupJobResource {

    @Inject
    GroupSupervision supervision;

    @Inject
    OperatorGate gate;

    /** The newest jobs. */
    @GET
    public JsonObject list(@Context HttpServletRequest request, @QueryParam("limit") String limit) {
        return Views.list(
                        "jobs",
                        supervision.jobs(gate.looking(OperatorFilter.operatorOf(request)), Parameters.limit(limit)),
                        GroupViews::of)
                .build();
    }

    /** One job and its progress. */
    @GET
    @Path("{id}")
    public JsonObject show(@Context HttpServletRequest request, @PathParam("id") String id) {
        return GroupViews.of(supervision.job(gate.looking(OperatorFilter.operatorOf(request)), job(id)));
    }

    /** Holds a job up, over restarts too. */
    @POST
    @Path("{id}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject pause(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        return GroupViews.of(supervision.pause(acting(request, in), job(id)));
    }

    /** Lets a job go on. */
    @POST
    @Path("{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject resume(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        return GroupViews.of(supervision.resume(acting(request, in), job(id)));
    }

    /** Ends a job; what was made stays. */
    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject cancel(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        return GroupViews.of(supervision.cancel(acting(request, in), job(id)));
    }

    private GroupOperator acting(HttpServletRequest request, InputStream in) {
        GroupOperator operator = gate.acting(OperatorFilter.operatorOf(request));
        JsonBody.read(in, Set.of()).close();
        return operator;
    }

    private static UUID job(String id) {
        return Parameters.uuid("id", id);
    }
}
