package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mckms.gms.application.GroupView;
import org.mckms.gms.application.RekeyJobView;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/** How groups, their keys and jobs look to an operator, in JSON. Who the members are is the owner's business. */
final class GroupViews {

    private GroupViews() {}

    static JsonObject of(Group group) {
        return Json.createObjectBuilder()
                .add("uri", group.uri())
                .add("owner", group.owner())
                .add("name", group.name())
                .add("service", word(group.service()))
                .add("state", group.state().name())
                .add("temporary", group.temporary())
                .add(
                        "uses",
                        Json.createArrayBuilder(
                                group.uses().stream().map(GroupViews::word).toList()))
                .add("rekeyEvery", Views.text(group.plan().rekeyEvery()))
                .add("generation", group.generation())
                .add("nextRekeyAt", Views.text(group.nextRekeyAt()))
                .add("members", group.members())
                .add("createdAt", group.createdAt().toString())
                .add("endedAt", Views.text(group.endedAt()))
                .build();
    }

    static JsonObject of(GroupView view) {
        return Json.createObjectBuilder(of(view.group()))
                .addAll(Views.list("keys", view.keys(), GroupViews::of))
                .build();
    }

    private static JsonObject of(GroupKey key) {
        return Json.createObjectBuilder()
                .add("id", key.keyId().toString())
                .add("use", word(key.use()))
                .add("kind", key.purpose().name())
                .add("generation", key.generation())
                .add("status", key.status().name())
                .add("activation", Views.text(key.activation()))
                .add("expiry", Views.text(key.expiry()))
                .add("origin", Views.text(key.origin()))
                .add("createdAt", key.createdAt().toString())
                .build();
    }

    static JsonObject of(RekeyJobView view) {
        RekeyJob job = view.job();
        List<String> keys = job.keys().stream().map(KeyIdentifier::toString).toList();
        return Json.createObjectBuilder()
                .add("id", job.id().toString())
                .add("group", job.groupUri())
                .add("kind", job.kind().name())
                .add("state", job.state().name())
                .add("keys", Json.createArrayBuilder(keys))
                .add("total", view.progress().total())
                .add("done", view.progress().done())
                .add("waiting", view.progress().waiting())
                .add("ratePerSecond", number(view.rate()))
                .add("secondsLeft", number(view.timeLeft().map(Duration::toSeconds)))
                .add("startedAt", job.startedAt().toString())
                .add("endedAt", Views.text(job.endedAt()))
                .build();
    }

    private static JsonValue number(Optional<? extends Number> value) {
        return value.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
