package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.mckms.kms.application.Identities;
import org.mckms.kms.application.IdentityView;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.PeriodsServed;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;

/** What operators do to identities. */
@Path("identities")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class IdentityResource {

    private static final Set<String> URI_AND_REASON = Set.of("uri", "reason");

    private static final Set<String> POLICY = Set.of("uri", "periodsServed", "profiles");
    private static final int MAX_PROFILES = 500;

    @Inject
    Identities identities;

    /** A page of identities in the order of their URIs. */
    @GET
    public JsonObject list(
            @Context HttpServletRequest request, @QueryParam("after") String after, @QueryParam("limit") String limit) {
        int size = Parameters.limit(limit);
        List<IdentityView> page =
                identities.list(OperatorFilter.operatorOf(request), Parameters.optionalUri("after", after), size);
        JsonValue next = page.size() < size
                ? JsonValue.NULL
                : Json.createValue(page.get(page.size() - 1).uri());
        return Views.list("identities", page, Views::of).add("next", next).build();
    }

    /** One identity. */
    @GET
    @Path("show")
    public JsonObject show(@Context HttpServletRequest request, @QueryParam("uri") String uri) {
        return Views.of(identities.show(OperatorFilter.operatorOf(request), Parameters.uri("uri", uri)));
    }

    /** Gives no more keys to an identity. */
    @POST
    @Path("block")
    public JsonObject block(@Context HttpServletRequest request, InputStream in) {
        return withReason(
                in, (uri, reason) -> Views.of(identities.block(OperatorFilter.operatorOf(request), uri, reason)));
    }

    /** Gives keys to an identity again. */
    @POST
    @Path("unblock")
    public JsonObject unblock(@Context HttpServletRequest request, InputStream in) {
        return withReason(
                in, (uri, reason) -> Views.of(identities.unblock(OperatorFilter.operatorOf(request), uri, reason)));
    }

    /** Sets how an identity is served. */
    @POST
    @Path("policy")
    public JsonObject policy(@Context HttpServletRequest request, InputStream in) {
        try (JsonBody body = JsonBody.read(in, POLICY)) {
            PeriodsServed periods = constant(PeriodsServed.class, "periodsServed", body);
            Set<InteropProfile> profiles = profiles(body.optionalText("profiles", MAX_PROFILES));
            ClientPolicy policy = Parameters.checked(() -> new ClientPolicy(periods, profiles));
            return Views.of(identities.setPolicy(OperatorFilter.operatorOf(request), uri(body), policy));
        }
    }

    /** Asks for new signing keys of an identity, or confirms what another officer asked for. */
    @POST
    @Path("advance-issue")
    public JsonObject advanceIssue(@Context HttpServletRequest request, InputStream in) {
        return withReason(
                in,
                (uri, reason) -> Views.of(identities.advanceIssue(OperatorFilter.operatorOf(request), uri, reason)));
    }

    private static JsonObject withReason(InputStream in, BiFunction<String, String, JsonObject> act) {
        try (JsonBody body = JsonBody.read(in, URI_AND_REASON)) {
            return act.apply(uri(body), body.text("reason", Parameters.MAX_REASON));
        }
    }

    /** Names separated by commas; without any, the standard holds. */
    private static Set<InteropProfile> profiles(Optional<String> names) {
        Set<InteropProfile> profiles = EnumSet.noneOf(InteropProfile.class);
        for (String name : names.map(list -> list.split(",", -1)).orElse(new String[0])) {
            profiles.add(InteropProfile.named(name.strip())
                    .orElseThrow(() -> new KmsException(
                            MALFORMED_REQUEST,
                            "profiles must be some of "
                                    + Arrays.stream(InteropProfile.values())
                                            .map(InteropProfile::profileName)
                                            .toList())));
        }
        return profiles;
    }

    private static String uri(JsonBody body) {
        return Parameters.uri("uri", body.text("uri", Parameters.MAX_URI));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, JsonBody body) {
        return Parameters.constant(type, name, body.text(name, 32));
    }
}
