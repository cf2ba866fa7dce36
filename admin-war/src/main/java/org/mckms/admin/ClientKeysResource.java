package org.mckms.admin;

import static org.mckms.admin.Parameters.checked;
import static org.mckms.protocol.error.KmsErrorCode.CONFLICT;
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
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.application.ClientKeysView;
import org.mckms.kms.application.ClientRegistration;
import org.mckms.kms.application.Registered;
import org.mckms.kms.application.RegistrationOrder;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** The keys of devices: first registration out of band, renewal, revocation. */
@Path("client-keys")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
public class ClientKeysResource {

    private static final int MAX_KEY_NAME = 600;

    private static final Set<String> ORDER =
            Set.of("owner", "device", "validFor", "reason", "passphrase", "recipientCertificate");
    private static final Set<String> REQUEST = Set.of("owner", "device", "reason");
    private static final Set<String> IMPORT = Set.of(
            "owner",
            "device",
            "validFor",
            "reason",
            "transportKeyName",
            "transportKey",
            "integrityKeyName",
            "integrityKey");

    @Inject
    ClientRegistration registration;

    /** Makes keys of a client's device; the answer is the sealed file, once. */
    @POST
    public Response register(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, ORDER);
                Recipient recipient = RecipientMembers.recipient(body)) {
            return answer(registration.register(operator, order(body), recipient));
        }
    }

    /** Asks for keys of a server, for another officer to approve. */
    @POST
    @Path("request")
    public Response request(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, REQUEST)) {
            return answer(registration.request(operator, id(body), reason(body)));
        }
    }

    /** Makes the keys another officer has asked for; the answer is the sealed file, once. */
    @POST
    @Path("approve")
    public Response approve(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, ORDER);
                Recipient recipient = RecipientMembers.recipient(body)) {
            return answer(registration.approve(operator, order(body), recipient));
        }
    }

    /** Registers keys that the site has made. */
    @POST
    @Path("import")
    public Response importKeys(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, IMPORT);
                ClientKeys given = keys(body)) {
            return answer(registration.importKeys(operator, order(body), given));
        }
    }

    /** A page of devices, or those of one owner. */
    @GET
    public JsonObject list(
            @Context HttpServletRequest request,
            @QueryParam("owner") String owner,
            @QueryParam("afterOwner") String afterOwner,
            @QueryParam("afterDevice") String afterDevice,
            @QueryParam("limit") String limit) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        Optional<String> wanted = Parameters.optionalUri("owner", owner);
        if (wanted.isPresent()) {
            return page(registration.ofOwner(operator, wanted.get()), Integer.MAX_VALUE);
        }
        if ((afterOwner == null) != (afterDevice == null)) {
            throw new KmsException(MALFORMED_REQUEST, "afterOwner and afterDevice are given together");
        }
        int size = Parameters.limit(limit);
        Optional<ClientKeysId> after = Optional.ofNullable(afterOwner)
                .map(uri -> checked(() -> new ClientKeysId(Parameters.uri("afterOwner", uri), afterDevice)));
        return page(registration.list(operator, after, size), size);
    }

    /** Has the device renew its keys with its next request. */
    @POST
    @Path("rotate")
    public JsonObject rotate(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, REQUEST)) {
            return ClientKeysViews.of(registration.rotate(operator, id(body), reason(body)));
        }
    }

    /** Erases the keys of a device. */
    @POST
    @Path("revoke")
    public JsonObject revoke(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, REQUEST)) {
            return ClientKeysViews.of(registration.revoke(operator, id(body), reason(body)));
        }
    }

    private static JsonObject page(List<ClientKeysView> page, int size) {
        JsonValue next = page.size() < size ? JsonValue.NULL : ClientKeysViews.cursor(page.get(page.size() - 1));
        return Views.list("clientKeys", page, ClientKeysViews::of)
                .add("next", next)
                .build();
    }

    private static Response answer(Registered registered) {
        if (registered.file().isPresent()) {
            return Response.ok(registered.file().get().toByteArray(), MediaType.APPLICATION_OCTET_STREAM_TYPE)
                    .header("Content-Disposition", "attachment; filename=\"registration.mckms\"")
                    .build();
        }
        JsonObject json = Json.createObjectBuilder()
                .add("owner", registered.id().ownerUri())
                .add("device", registered.id().device())
                .add("outcome", registered.outcome().name())
                .add("until", registered.until().toString())
                .build();
        boolean waits = registered.outcome() == Registered.Outcome.REQUESTED;
        return Response.status(waits ? Response.Status.ACCEPTED : Response.Status.OK)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(json)
                .build();
    }

    private static RegistrationOrder order(JsonBody body) {
        return checked(() -> new RegistrationOrder(
                id(body), Parameters.duration("validFor", body.text("validFor", 40)), reason(body)));
    }

    private static ClientKeysId id(JsonBody body) {
        String owner = Parameters.uri("owner", body.text("owner", Parameters.MAX_URI));
        String device =
                body.optionalText("device", ClientKeysId.MAX_DEVICE_CHARACTERS).orElse(ClientKeysId.DEFAULT_DEVICE);
        return checked(() -> new ClientKeysId(owner, device));
    }

    private static String reason(JsonBody body) {
        return body.text("reason", Parameters.MAX_REASON);
    }

    private static ClientKeys keys(JsonBody body) {
        NamedKey transport = key("transportKey", body);
        try {
            boolean both = body.has("integrityKey") || body.has("integrityKeyName");
            Optional<NamedKey> integrity = both ? Optional.of(key("integrityKey", body)) : Optional.empty();
            if (integrity.filter(key -> key.name().equals(transport.name())).isPresent()) {
                integrity.ifPresent(NamedKey::close);
                throw new KmsException(CONFLICT, "transport key and integrity key have different names");
            }
            return new ClientKeys(transport, integrity);
        } catch (KmsException e) {
            transport.close();
            throw e;
        }
    }

    private static NamedKey key(String name, JsonBody body) {
        String keyName = body.text(name + "Name", MAX_KEY_NAME);
        byte[] octets = SecretHex.exactly(name, body.secret(name, 2 * NamedKey.KEY_OCTETS), NamedKey.KEY_OCTETS);
        return checked(() -> NamedKey.takeFrom(keyName, octets));
    }
}
