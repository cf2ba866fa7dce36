package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.Optional;

/** Deliveries of a server that have not arrived; errors as of {@link AdminClient}. Safe for use by several threads. */
public final class DeliveriesAdmin {
    private static final String ROOT = "/deliveries";

    private final AdminExchange exchange;

    DeliveriesAdmin(AdminExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * A page in the order in which they were ordered.
     *
     * @param state {@code waiting}, {@code aside}, {@code claimed} or {@code dead}; absent: all
     * @param after the {@code next} of the page before; 0 at first
     */
    public JsonStructure list(Optional<String> state, long after, int limit) {
        return exchange.get(ROOT + "?after=" + after + "&limit=" + limit
                + state.map(name -> "&state=" + PathSegment.encode(name)).orElse(""));
    }

    /** Has one tried again at once. */
    public JsonObject retry(String id, String reason) {
        return exchange.post(ROOT + "/" + PathSegment.encode(id) + "/retry", because(reason));
    }

    /** Has one forgotten for good. */
    public JsonObject drop(String id, String reason) {
        return exchange.post(ROOT + "/" + PathSegment.encode(id) + "/drop", because(reason));
    }

    private static JsonObject because(String reason) {
        return Json.createObjectBuilder().add("reason", reason).build();
    }
}
