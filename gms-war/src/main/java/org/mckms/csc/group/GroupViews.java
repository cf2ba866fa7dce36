package org.mckms.csc.group;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.csc.events.News;
import org.mckms.gms.application.GroupView;
import org.mckms.gms.application.MemberView;
import org.mckms.gms.application.RekeyJobView;
import org.mckms.gms.application.regroup.RegroupView;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.KeyNotice;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/** How results of use cases look in JSON. Times are ISO 8601 in UTC; what is absent is null. */
final class GroupViews {

    private GroupViews() {}

    /** Keys that members have to fetch, as their event streams tell it. */
    static List<News> news(Collection<KeyNotice> notices) {
        return notices.stream().map(GroupViews::news).toList();
    }

    private static News news(KeyNotice notice) {
        JsonObject data = Json.createObjectBuilder()
                .add("member", notice.memberUri())
                .add("group", notice.groupUri())
                .add("generation", notice.generation())
                .build();
        return new News(notice.memberUri(), "keys", data, notice.since().toString());
    }

    static JsonObject of(GroupView view) {
        Group group = view.group();
        return Json.createObjectBuilder()
                .add("uri", group.uri())
                .add("owner", group.owner())
                .add("name", group.name())
                .add("service", word(group.service()))
                .add("state", group.state().name())
                .add("temporary", group.temporary())
                .add("uses", texts(group.uses().stream().map(GroupViews::word).toList()))
                .add("floorKey", word(group.plan().floor()))
                .add("rekeyEvery", text(group.plan().rekeyEvery()))
                .add("lifetime", text(group.plan().lifetime()))
                .add("generation", group.generation())
                .add("nextRekeyAt", text(group.nextRekeyAt()))
                .add("members", group.members())
                .add("createdAt", group.createdAt().toString())
                .add("endedAt", text(group.endedAt()))
                .add("keys", array(view.keys(), GroupViews::of))
                .build();
    }

    private static JsonObject of(GroupKey key) {
        return Json.createObjectBuilder()
                .add("id", key.keyId().toString())
                .add("use", word(key.use()))
                .add("kind", key.purpose().name())
                .add("generation", key.generation())
                .add("status", key.status().name())
                .add("activation", text(key.activation()))
                .add("expiry", text(key.expiry()))
                .add("origin", text(key.origin()))
                .add("createdAt", key.createdAt().toString())
                .build();
    }

    static JsonObject of(MemberView view) {
        Member member = view.member();
        return Json.createObjectBuilder()
                .add("number", member.number())
                .add("uri", member.uri())
                .add("kms", text(member.kmsUri()))
                .add("joinedAt", member.joinedAt().toString())
                .add("keys", array(view.keys(), GroupViews::of))
                .build();
    }

    private static JsonObject of(MemberView.KeyState key) {
        return Json.createObjectBuilder()
                .add("id", key.keyId().toString())
                .add("state", key.state().name())
                .add("reason", text(key.reason()))
                .add("changedAt", text(key.changedAt()))
                .build();
    }

    static JsonObject of(RekeyJobView view) {
        RekeyJob job = view.job();
        return Json.createObjectBuilder()
                .add("id", job.id().toString())
                .add("group", job.groupUri())
                .add("kind", job.kind().name())
                .add("state", job.state().name())
                .add(
                        "keys",
                        texts(job.keys().stream().map(KeyIdentifier::toString).toList()))
                .add("total", view.progress().total())
                .add("done", view.progress().done())
                .add("waiting", view.progress().waiting())
                .add(
                        "ratePerSecond",
                        view.rate().<JsonValue>map(Json::createValue).orElse(JsonValue.NULL))
                .add(
                        "secondsLeft",
                        view.timeLeft()
                                .map(Duration::toSeconds)
                                .<JsonValue>map(Json::createValue)
                                .orElse(JsonValue.NULL))
                .add("startedAt", job.startedAt().toString())
                .add("endedAt", text(job.endedAt()))
                .build();
    }

    static JsonObject of(RegroupView view) {
        return Json.createObjectBuilder()
                .add("id", view.id())
                .add("role", view.role().name())
                .add("temporaryGroup", view.temporaryGroupUri())
                .add("parts", array(view.parts(), GroupViews::of))
                .build();
    }

    static JsonObject of(RegroupPart part) {
        return Json.createObjectBuilder()
                .add("regroup", part.key().regroupId())
                .add("role", part.role().name())
                .add("primary", part.key().primaryGmsUri())
                .add("partner", part.key().partnerGmsUri())
                .add("temporaryGroup", part.temporaryGroupUri())
                .add("groups", texts(part.constituentGroups()))
                .add("generation", part.generation())
                .add("state", part.state().name())
                .add("reason", text(part.reason()))
                .add("members", part.counts().members())
                .add("acknowledged", part.counts().acknowledged())
                .add("failed", part.counts().failed())
                .add("createdAt", part.createdAt().toString())
                .add("changedAt", part.changedAt().toString())
                .build();
    }

    /** A page of a list under its name, and where the next one goes on. */
    static <T> JsonObject page(
            String name, List<T> page, int limit, Function<T, JsonObject> view, Function<T, JsonValue> next) {
        JsonObjectBuilder json = Json.createObjectBuilder().add(name, array(page, view));
        return json.add("next", page.size() < limit ? JsonValue.NULL : next.apply(page.get(page.size() - 1)))
                .build();
    }

    private static <T> JsonArrayBuilder array(Collection<T> values, Function<T, JsonObject> view) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        values.forEach(value -> array.add(view.apply(value)));
        return array;
    }

    private static JsonArray texts(List<String> texts) {
        return Json.createArrayBuilder(texts).build();
    }

    private static JsonValue text(Optional<?> value) {
        return value.<JsonValue>map(present -> Json.createValue(present.toString()))
                .orElse(JsonValue.NULL);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
