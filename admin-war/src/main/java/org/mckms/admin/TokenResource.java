package org.mckms.admin;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
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
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.application.TokenRevocationView;
import org.mckms.kms.application.TokenRevocations;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.JsonBody;

/** Access tokens that are revoked before they expire. */
@Path("tokens/revocations")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

    private static final int MAX_ISSUER = 128;
    private static final int MAX_JTI = 512;
    private static final int MAX_TIME = 40;

    @Inject
    TokenRevocations revocations;

    /** Those that may still be of tokens alive, the newest first. */
    @GET
    public JsonObject list(@Context HttpServletRequest request, @QueryParam("limit") String limit) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        return Views.list("revocations", revocations.list(operator, Parameters.limit(limit)), TokenViews::of)
                .build();
    }

    /** Revokes one token, by issuer and jti, or all of an identity that are older. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject revoke(@Context HttpServletRequest request, InputStream in) {
        OperatorIdentity operator = OperatorFilter.operatorOf(request);
        try (JsonBody body = JsonBody.read(in, Set.of("issuer", "jti", "uri", "issuedBefore", "reason"))) {
            boolean one = body.has("issuer") || body.has("jti");
            if (one == (body.has("uri") || body.has("issuedBefore"))) {
                throw new KmsException(MALFORMED_REQUEST, "name issuer and jti, or uri and perhaps issuedBefore");
            }
            Optional<String> reason = body.optionalText("reason", Parameters.MAX_REASON);
            return TokenViews.of(one ? one(operator, body, reason) : older(operator, body, reason));
        }
    }

    private TokenRevocationView one(OperatorIdentity operator, JsonBody body, Optional<String> reason) {
        return revocations.revokeToken(operator, body.text("issuer", MAX_ISSUER), body.text("jti", MAX_JTI), reason);
    }

    private TokenRevocationView older(OperatorIdentity operator, JsonBody body, Optional<String> reason) {
        String uri = Parameters.uri("uri", body.text("uri", Parameters.MAX_URI));
        Optional<Instant> moment =
                body.optionalText("issuedBefore", MAX_TIME).map(text -> Parameters.time("issuedBefore", text));
        return revocations.revokeOlder(operator, uri, moment, reason);
    }
}
