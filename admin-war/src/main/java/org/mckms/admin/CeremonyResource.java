package org.mckms.admin;

import static org.mckms.admin.Parameters.checked;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.mckms.kms.application.Ceremony;
import org.mckms.kms.application.EpochOrder;
import org.mckms.kms.application.EpochView;
import org.mckms.kms.domain.EpochOrigin;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;

/** The key ceremony. */
@Path("ceremony")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class CeremonyResource {

    /** RFC 6507 clause 4.1: N = 32. */
    private static final int KSAK_OCTETS = 32;

    /** RFC 6508 clause 2.3, parameter set 1 of RFC 6509: q has 1023 bits. */
    private static final int Z_T_OCTETS = 128;

    private static final Set<String> ORDER = Set.of(
            "origin", "purpose", "certUri", "validFrom", "validTo", "userKeyPeriod", "userKeyOffset", "ksak", "zT");

    @Inject
    Ceremony ceremony;

    /** Makes the store keys of a fresh token. */
    @POST
    @Path("token")
    public JsonObject prepareToken(@Context HttpServletRequest request, InputStream in) {
        JsonBody.read(in, Set.of()).close();
        ceremony.prepareToken(OperatorFilter.operatorOf(request));
        return JsonValue.EMPTY_JSON_OBJECT;
    }

    /** Makes the keys that the token of an older release lacks. */
    @POST
    @Path("keys")
    public JsonObject completeKeys(@Context HttpServletRequest request, InputStream in) {
        JsonBody.read(in, Set.of()).close();
        List<String> made = ceremony.completeTokenKeys(OperatorFilter.operatorOf(request));
        return Json.createObjectBuilder()
                .add("made", Json.createArrayBuilder(made))
                .build();
    }

    /** Makes an epoch, derived or imported; on a fresh token the store keys as well. */
    @POST
    @Path("epochs")
    public JsonObject createEpoch(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, ORDER)) {
            EpochOrder order = order(body);
            EpochOrigin origin = Parameters.constant(EpochOrigin.class, "origin", body.text("origin", 16));
            boolean masters = body.has("ksak") || body.has("zT");
            if (masters != (origin == EpochOrigin.IMPORTED)) {
                throw new KmsException(
                        MALFORMED_REQUEST, "ksak and zT are given for an imported epoch, and only there");
            }
            EpochView made = masters ? importEpoch(operator, order, body) : ceremony.createEpoch(operator, order);
            return Views.of(made);
        }
    }

    private static EpochOrder order(JsonBody body) {
        EpochPurpose purpose = Parameters.constant(EpochPurpose.class, "purpose", body.text("purpose", 16));
        String certUri = Parameters.uri("certUri", body.text("certUri", Parameters.MAX_URI));
        long length = body.number("userKeyPeriod");
        long offset = body.number("userKeyOffset");
        return checked(() -> new EpochOrder(
                purpose,
                certUri,
                Parameters.time("validFrom", body.text("validFrom", 40)),
                Parameters.time("validTo", body.text("validTo", 40)),
                new KeyPeriodSchedule(length, offset)));
    }

    private EpochView importEpoch(OperatorIdentity operator, EpochOrder order, JsonBody body) {
        try (KmsSecretAuthenticationKey ksak = secretKsak(body);
                KmsMasterSecret zT = secretZt(body)) {
            return ceremony.importEpoch(operator, order, ksak, zT);
        }
    }

    private static KmsSecretAuthenticationKey secretKsak(JsonBody body) {
        byte[] octets = SecretHex.take("ksak", body.secret("ksak", 2 * KSAK_OCTETS), KSAK_OCTETS);
        try {
            return KmsSecretAuthenticationKey.takeFrom(octets);
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, "ksak is not in the range of RFC 6507", e);
        }
    }

    private static KmsMasterSecret secretZt(JsonBody body) {
        byte[] octets = SecretHex.take("zT", body.secret("zT", 2 * Z_T_OCTETS), Z_T_OCTETS);
        try {
            return KmsMasterSecret.takeFrom(octets);
        } catch (MikeySakkeException e) {
            throw new KmsException(MALFORMED_REQUEST, "zT is not in the range of RFC 6508", e);
        }
    }
}
