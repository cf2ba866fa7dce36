package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.mckms.kms.application.BundleJobView;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleJob;
import org.mckms.mikeysakke.Octets;

/** How bundle jobs look in JSON. */
final class BundleViews {

    private BundleViews() {}

    static JsonObject of(BundleJobView view) {
        BundleJob job = view.job();
        return Json.createObjectBuilder()
                .add("id", job.id().toString())
                .add("state", job.state().name())
                .add("officer", job.officer())
                .add("reason", job.reason())
                .add("epoch", job.span().epoch().toString())
                .add("firstPeriod", job.span().first().number())
                .add("lastPeriod", job.span().last().number())
                .add("startedAt", job.startedAt().toString())
                .add("endedAt", text(job.endedAt()))
                .add("total", job.total())
                .add("folded", job.folded())
                .add("open", view.progress().open())
                .add("done", view.progress().done())
                .add("failed", view.progress().failed())
                .add(
                        "ratePerSecond",
                        view.ratePerSecond().isPresent()
                                ? Json.createValue(view.ratePerSecond().getAsDouble())
                                : JsonValue.NULL)
                .build();
    }

    static JsonObject of(BundleItem item) {
        return Json.createObjectBuilder()
                .add("number", item.number())
                .add("user", item.userUri())
                .add("device", text(item.device()))
                .add("state", item.state().name())
                .add("failure", text(item.failure()))
                .add("sha256", text(item.sha256().map(Octets::toHex)))
                .build();
    }

    private static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(present -> Json.createValue(present.toString()))
                .orElse(JsonValue.NULL);
    }
}
