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
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.application.cek.CekSupervision;
import org.mckms.kms.application.cek.CekView;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.json.JsonBody;

/** Content encryption keys by their Key IDs, never the keys. */
@Path("ceks")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class CekResource {

    @Inject
    CekSupervision supervision;

    /**
     * A page in order of Key ID, and how many keys there are of each state. Rows that cannot be read are left out, so a page
     * that is not full need not be the last.
     */
    @GET
    public JsonObject page(
            @Context HttpServletRequest request,
            @QueryParam("user") String user,
            @QueryParam("server") String server,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        int size = Parameters.limit(limit);
        List<CekView> page = supervision.page(
                operator,
                Parameters.optionalUri("user", user),
                Parameters.optionalUri("server", server),
                Optional.ofNullable(after).map(id -> Parameters.cekId("after", id)),
                size);
        JsonValue next = page.isEmpty()
                ? JsonValue.NULL
                : Json.createValue(page.get(page.size() - 1).keyId());
        return Views.list("ceks", page, CekViews::of)
                .add("counts", CekViews.of(supervision.counts(operator)))
                .add("next", next)
                .build();
    }

    /** Ends all keys of a user. */
    @POST
    @Path("end")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject end(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, Set.of("user"))) {
            String user = Parameters.uri("user", body.text("user", Parameters.MAX_URI));
            return Json.createObjectBuilder()
                    .add("ended", supervision.endAll(operator, user))
                    .build();
        }
    }
}
