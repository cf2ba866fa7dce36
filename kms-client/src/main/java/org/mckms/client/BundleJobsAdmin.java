package org.mckms.client;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Jobs that make provisioning bundles; errors as of {@link AdminClient}. Safe for use by several threads. */
public final class BundleJobsAdmin {
    private static final String ROOT = "/bundle-jobs";
    private static final String LIST_TYPE = "text/csv";

    private final AdminExchange exchange;

    BundleJobsAdmin(AdminExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * What is ordered.
     *
     * @param from a moment in the first key period; absent: now
     * @param to a moment in the last key period; absent: that of {@code from}
     * @param reason kept in the audit trail
     */
    public record Order(Optional<Instant> from, Optional<Instant> to, String reason) {}

    /**
     * Starts a job for the users of a list.
     *
     * @param list a file with one {@code uri} or {@code uri,device} per line; it is sent as it is read
     * @param limit for the whole exchange, as the list may be long
     */
    public JsonObject start(Order order, Path list, Duration limit) {
        return exchange.upload(
                ROOT + "?reason=" + PathSegment.encode(order.reason())
                        + order.from().map(time -> "&from=" + time).orElse("")
                        + order.to().map(time -> "&to=" + time).orElse(""),
                LIST_TYPE,
                list,
                limit);
    }

    /** The newest jobs. */
    public JsonStructure list(int limit) {
        return exchange.get(ROOT + "?limit=" + limit);
    }

    /** A job and its progress. */
    public JsonObject show(String id) {
        return exchange.get(path(id)).asJsonObject();
    }

    /** Items of a job in the order of its list. */
    public JsonStructure items(String id, Optional<Integer> after, int limit, Optional<String> state) {
        return exchange.get(path(id) + "/items?limit=" + limit
                + after.map(number -> "&after=" + number).orElse("")
                + state.map(name -> "&state=" + PathSegment.encode(name)).orElse(""));
    }

    /** Writes all bundles of a job to one archive. */
    public void archive(String id, Path file) {
        exchange.download(path(id) + "/archive", file);
    }

    /** Writes one bundle to a file. */
    public void bundle(String id, int number, Path file) {
        exchange.download(path(id) + "/bundles/" + number, file);
    }

    /** Ends a job; what was made stays. */
    public JsonObject cancel(String id) {
        return exchange.post(path(id) + "/cancel", JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Forgets a job that has ended, and its files. */
    public void remove(String id) {
        exchange.post(path(id) + "/remove", JsonValue.EMPTY_JSON_OBJECT);
    }

    private static String path(String id) {
        return ROOT + "/" + PathSegment.encode(id);
    }
}
