package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import java.time.Instant;
import java.util.Optional;

/** Revocations of access tokens; errors as of {@link AdminClient}. Safe for use by several threads. */
public final class TokensAdmin {
    private static final String ROOT = "/tokens/revocations";

    private final AdminExchange exchange;

    TokensAdmin(AdminExchange exchange) {
        this.exchange = exchange;
    }

    /** Revocations of tokens that may still be alive, the newest first. */
    public JsonStructure list(int limit) {
        return exchange.get(ROOT + "?limit=" + limit);
    }

    /**
     * Revokes one token.
     *
     * @param issuer its iss
     * @param jti its identifier
     */
    public JsonObject revoke(String issuer, String jti, String reason) {
        return exchange.post(
                ROOT,
                Json.createObjectBuilder()
                        .add("issuer", issuer)
                        .add("jti", jti)
                        .add("reason", reason)
                        .build());
    }

    /**
     * Revokes all tokens of an identity that are older.
     *
     * @param before tokens issued before it; empty: before now
     */
    public JsonObject revokeOlder(String uri, Optional<Instant> before, String reason) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("uri", uri).add("reason", reason);
        before.ifPresent(time -> body.add("issuedBefore", time.toString()));
        return exchange.post(ROOT, body.build());
    }
}
