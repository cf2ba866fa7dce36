package org.mckms.admin;

import static org.mckms.admin.Parameters.checked;

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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.application.BundleJobs;
import org.mckms.kms.application.BundleOrder;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleItemState;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.json.JsonBody;

/** Jobs that make pre-provisioning bundles. */
@Path("bundle-jobs")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class BundleJobResource {

    private static final String ZIP = "application/zip";

    @Inject
    BundleJobs jobs;

    /** Starts a job for the users of a list. */
    @POST
    @Consumes(ListUpload.CSV)
    public JsonObject start(
            @Context HttpServletRequest request,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("reason") String reason,
            InputStream in) {
        BundleOrder order = new BundleOrder(time("from", from), time("to", to), Parameters.reason(reason));
        return BundleViews.of(jobs.start(OperatorFilter.operatorOf(request), order, new ListUpload(in)));
    }

    private static Optional<Instant> time(String name, String value) {
        return Optional.ofNullable(value).map(text -> Parameters.time(name, text));
    }

    /** The newest jobs. */
    @GET
    public JsonObject list(@Context HttpServletRequest request, @QueryParam("limit") String limit) {
        return Views.list(
                        "jobs", jobs.list(OperatorFilter.operatorOf(request), Parameters.limit(limit)), BundleViews::of)
                .build();
    }

    /** One job and its progress. */
    @GET
    @Path("{id}")
    public JsonObject show(@Context HttpServletRequest request, @PathParam("id") String id) {
        return BundleViews.of(jobs.show(OperatorFilter.operatorOf(request), job(id)));
    }

    /** A page of items in the order of the list. */
    @GET
    @Path("{id}/items")
    public JsonObject items(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit,
            @QueryParam("state") String state) {
        int size = Parameters.limit(limit);
        Optional<BundleItemState> wanted =
                Optional.ofNullable(state).map(name -> Parameters.constant(BundleItemState.class, "state", name));
        List<BundleItem> page = jobs.items(
                OperatorFilter.operatorOf(request), job(id), Parameters.itemNumber("after", after), size, wanted);
        JsonValue next = page.size() < size
                ? JsonValue.NULL
                : Json.createValue(page.get(page.size() - 1).number());
        return Views.list("items", page, BundleViews::of).add("next", next).build();
    }

    /** All bundles of a job that has ended, in one archive. */
    @GET
    @Path("{id}/archive")
    @Produces(ZIP)
    public Response archive(@Context HttpServletRequest request, @PathParam("id") String id) {
        OperatorIdentity officer = OperatorFilter.operatorOf(request);
        BundleJobId job = job(id);
        jobs.checkArchive(officer, job);
        StreamingOutput output = out -> jobs.archive(officer, job, out);
        return Response.ok(output, ZIP)
                .header("Content-Disposition", "attachment; filename=\"bundles-" + job + ".zip\"")
                .build();
    }

    /** One bundle. */
    @GET
    @Path("{id}/bundles/{number}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] bundle(
            @Context HttpServletRequest request, @PathParam("id") String id, @PathParam("number") String number) {
        return jobs.bundle(OperatorFilter.operatorOf(request), job(id), Parameters.itemNumber("number", number));
    }

    /** Ends a job; what was made stays. */
    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject cancel(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        JsonBody.read(in, Set.of()).close();
        return BundleViews.of(jobs.cancel(OperatorFilter.operatorOf(request), job(id)));
    }

    /** Forgets a job that has ended, and its files. */
    @POST
    @Path("{id}/remove")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject remove(@Context HttpServletRequest request, @PathParam("id") String id, InputStream in) {
        JsonBody.read(in, Set.of()).close();
        jobs.remove(OperatorFilter.operatorOf(request), job(id));
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    private static BundleJobId job(String id) {
        return checked(() -> BundleJobId.parse(id));
    }
}
