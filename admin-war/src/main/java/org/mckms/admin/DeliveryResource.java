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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.mckms.kms.application.Deliveries;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.platform.delivery.DeliveryView;
import org.mckms.platform.delivery.OutboxState;
import org.mckms.protocol.json.JsonBody;

/** Deliveries to members, servers and partners that have not arrived. */
@Path("deliveries")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DeliveryResource {

    @Inject
    Deliveries deliveries;

    /** A page in the order in which they were put, and how many there are. */
    @GET
    public JsonObject list(
            @Context HttpServletRequest request,
            @QueryParam("state") String state,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        int size = Parameters.limit(limit);
        Optional<OutboxState> wanted =
                Optional.ofNullable(state).map(name -> Parameters.constant(OutboxState.class, "state", name));
        List<DeliveryView> page = deliveries.list(operator, wanted, Parameters.position(after), size);
        JsonValue next = page.size() < size
                ? JsonValue.NULL
                : Json.createValue(page.get(page.size() - 1).seq());
        return Views.list("deliveries", page, DeliveryViews::of)
                .add("counts", DeliveryViews.of(deliveries.counts(operator)))
                .add("next", next)
                .build();
    }

    /** Has one tried again at once. */
    @POST
    @Path("{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject retry(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        return DeliveryViews.of(deliveries.retry(OperatorFilter.operatorOf(request), delivery(id), reason(in)));
    }

    /** Forgets one for good. */
    @POST
    @Path("{id}/drop")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject drop(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        deliveries.drop(OperatorFilter.operatorOf(request), delivery(id), reason(in));
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    private static UUID delivery(String id) {
        return Parameters.uuid("the id of a delivery", id);
    }

    private static String reason(InputStream in) {
        try (JsonBody body = JsonBody.read(in, Set.of("reason"))) {
            return body.text("reason", Parameters.MAX_REASON);
        }
    }
}
