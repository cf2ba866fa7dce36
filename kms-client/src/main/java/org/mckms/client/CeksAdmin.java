package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.Optional;

/** Content encryption keys by their Key IDs; errors as of {@link AdminClient}. Safe for use by several threads. */
public final class CeksAdmin {
    private static final String ROOT = "/ceks";

    private final AdminExchange exchange;

    CeksAdmin(AdminExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * A page in the order of Key IDs, and how many keys there are of each state.
     *
     * @param user only keys of this user
     * @param server only keys that this MC server shares
     * @param after Key ID of the last one of the page before, 32 hex digits
     */
    public JsonStructure list(Optional<String> user, Optional<String> server, Optional<String> after, int limit) {
        return exchange.get(ROOT + "?limit=" + limit + parameter("user", user) + parameter("server", server)
                + parameter("after", after));
    }

    /** Ends all keys of a user, who may have new ones. */
    public JsonObject end(String userUri) {
        return exchange.post(
                ROOT + "/end", Json.createObjectBuilder().add("user", userUri).build());
    }

    private static String parameter(String name, Optional<String> value) {
        return value.map(text -> "&" + name + "=" + PathSegment.encode(text)).orElse("");
    }
}
