package org.mckms.admin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
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
import java.util.List;
import java.util.Set;
import org.mckms.gms.application.GroupOperator;
import org.mckms.gms.application.GroupSupervision;
import org.mckms.gms.domain.Group;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.json.JsonBody;

/** Groups of the group management server, for its operators. */
@Path("gms/groups")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class GroupResource {

    @Inject
    GroupSupervision supervision;

    @Inject
    OperatorGate gate;

    /** A page of groups in order of URI. */
    @GET
    public JsonObject page(
            @Context HttpServletRequest request, @QueryParam("after") String after, @QueryParam("limit") String limit) {
        int size = Parameters.limit(limit);
        List<Group> page = supervision.groups(
                gate.looking(OperatorFilter.operatorOf(request)), Parameters.optionalUri("after", after), size);
        JsonValue next = page.size() < size
                ? JsonValue.NULL
                : Json.createValue(page.get(page.size() - 1).uri());
        return Views.list("groups", page, GroupViews::of).add("next", next).build();
    }

    /** One group and the keys that its members are given. */
    @GET
    @Path("show")
    public JsonObject show(@Context HttpServletRequest request, @QueryParam("uri") String uri) {
        return GroupViews.of(
                supervision.group(gate.looking(OperatorFilter.operatorOf(request)), Parameters.uri("uri", uri)));
    }

    /** Revokes a key; the members are told so by a job. */
    @POST
    @Path("revoke-key")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject revokeKey(@Context HttpServletRequest request, InputStream in) {
        GroupOperator operator = gate.acting(OperatorFilter.operatorOf(request));
        try (JsonBody body = JsonBody.read(in, Set.of("uri", "keyId", "reason"))) {
            KeyIdentifier keyId = Parameters.keyId("keyId", body.text("keyId", 8));
            return GroupViews.of(supervision.revoke(
                    operator, body.text("uri", Parameters.MAX_URI), keyId, body.text("reason", Parameters.MAX_REASON)));
        }
    }
}
