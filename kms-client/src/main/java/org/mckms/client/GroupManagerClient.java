package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Speaks with a group management server as one who makes and manages groups ({@code /groupmanagement/v1}, JSON), by an
 * access token with a scope of group management. Throws {@link KmsRefusedException} when the server refuses, {@link
 * KmsUnreachableException} when no answer comes in time and {@link KmsAnswerException} when the answer is not one. Safe for
 * use by several threads.
 */
public final class GroupManagerClient {
    private static final String ROOT = "/groupmanagement/v1";
    private static final String JSON = "application/json";
    private static final int MAX_ANSWER_OCTETS = 4 * 1024 * 1024;

    private final HttpsExchange https;
    private final TokenSource tokens;

    /**
     * One who shall be a member.
     *
     * @param kmsUri of the member's KMS, if it is not that of the server
     */
    public record NewMember(String uri, Optional<String> kmsUri) {
        String text() {
            return uri + kmsUri.map(kms -> " " + kms).orElse("");
        }
    }

    /**
     * A group to be made.
     *
     * @param service {@code mcptt} or {@code mcvideo}
     * @param uses {@code media}, {@code floor} or both
     * @param floorKey {@code mkfc} or {@code gmk}, what protects floor control; the server chooses if it is absent
     * @param rekeyEvery new keys so often
     * @param lifetime how long a key may be used
     */
    public record GroupOrder(
            String uri,
            Optional<String> name,
            String service,
            List<String> uses,
            Optional<String> floorKey,
            Optional<Duration> rekeyEvery,
            Optional<Duration> lifetime,
            List<NewMember> members) {
        public GroupOrder {
            uses = List.copyOf(uses);
            members = List.copyOf(members);
        }
    }

    /** A group of a partner system in a regroup. */
    public record PartnerGroup(String gmsUri, String groupUri) {}

    /** A temporary group to be made of groups of several systems. */
    public record RegroupOrder(
            String temporaryGroup,
            Optional<String> name,
            String service,
            List<String> uses,
            List<String> ownGroups,
            List<PartnerGroup> partnerGroups,
            Optional<Instant> expiry) {
        public RegroupOrder {
            uses = List.copyOf(uses);
            ownGroups = List.copyOf(ownGroups);
            partnerGroups = List.copyOf(partnerGroups);
        }
    }

    public GroupManagerClient(ServerEndpoint endpoint, TokenSource tokens) {
        this.https = new HttpsExchange(endpoint);
        this.tokens = tokens;
    }

    /** Makes a group; its keys are made and sent by a job. */
    public JsonObject create(GroupOrder order) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("uri", order.uri())
                .add("service", order.service())
                .add("uses", array(order.uses()));
        order.name().ifPresent(name -> body.add("name", name));
        order.floorKey().ifPresent(key -> body.add("floorKey", key));
        order.rekeyEvery().ifPresent(every -> body.add("rekeyEvery", every.toString()));
        order.lifetime().ifPresent(lifetime -> body.add("lifetime", lifetime.toString()));
        if (!order.members().isEmpty()) {
            body.add("members", members(order.members()));
        }
        return post("/groups", body.build());
    }

    /** The own groups, a page at a time. @param after URI of the last group already seen */
    public JsonObject groups(Optional<String> after, int limit) {
        return get("/groups?limit=" + limit + after(after));
    }

    public JsonObject group(String uri) {
        return get(groupPath(uri));
    }

    /** Ends a group: its keys are revoked and its members are told. */
    public JsonObject tearDown(String uri) {
        return send(request(groupPath(uri)).DELETE());
    }

    /** Members with the state of each key. @param after number of the last member already seen */
    public JsonObject members(String groupUri, Optional<String> after, int limit) {
        return get(groupPath(groupUri) + "/members?limit=" + limit + after(after));
    }

    /** One member with the state of each key. */
    public JsonObject member(String groupUri, String memberUri) {
        return get(groupPath(groupUri) + "/members/" + PathSegment.encode(memberUri));
    }

    /**
     * Adds members; at most 1,000 in one call.
     *
     * @param rekey whether all get new keys, so that the newcomers cannot understand what was said before; else they get
     *     the current ones
     */
    public JsonObject addMembers(String groupUri, List<NewMember> members, boolean rekey) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("members", members(members));
        if (rekey) {
            body.add("rekey", "yes");
        }
        return post(groupPath(groupUri) + "/members", body.build());
    }

    /** Removes a member; those who stay get new keys. */
    public JsonObject removeMember(String groupUri, String memberUri) {
        return send(request(groupPath(groupUri) + "/members/" + PathSegment.encode(memberUri))
                .DELETE());
    }

    /** Gives all members new keys. @param activation when all begin to use them; at once if it is absent */
    public JsonObject rekey(String groupUri, Optional<Instant> activation) {
        return post(groupPath(groupUri) + "/rekey", activation(activation));
    }

    /** Says how often keys are renewed. @param rekeyEvery absent: only when somebody wants it */
    public JsonObject schedule(String groupUri, Optional<Duration> rekeyEvery) {
        JsonObjectBuilder body = Json.createObjectBuilder();
        rekeyEvery.ifPresent(every -> body.add("rekeyEvery", every.toString()));
        return send(request(groupPath(groupUri) + "/schedule")
                .header("Content-Type", JSON)
                .PUT(publisher(body.build())));
    }

    /** Revokes one key; members are told. @param keyId 8 hex digits */
    public JsonObject revoke(String groupUri, String keyId) {
        return post(
                groupPath(groupUri) + "/keys/" + PathSegment.encode(keyId) + "/revoke", JsonValue.EMPTY_JSON_OBJECT);
    }

    public JsonObject job(String id) {
        return get(jobPath(id));
    }

    public JsonObject pauseJob(String id) {
        return post(jobPath(id) + "/pause", JsonValue.EMPTY_JSON_OBJECT);
    }

    public JsonObject resumeJob(String id) {
        return post(jobPath(id) + "/resume", JsonValue.EMPTY_JSON_OBJECT);
    }

    public JsonObject cancelJob(String id) {
        return post(jobPath(id) + "/cancel", JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Makes a temporary group of groups of several systems. */
    public JsonObject regroup(RegroupOrder order) {
        JsonArrayBuilder partners = Json.createArrayBuilder();
        order.partnerGroups().forEach(group -> partners.add(group.gmsUri() + " " + group.groupUri()));
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("temporaryGroup", order.temporaryGroup())
                .add("service", order.service())
                .add("uses", array(order.uses()))
                .add("ownGroups", array(order.ownGroups()))
                .add("partnerGroups", partners);
        order.name().ifPresent(name -> body.add("name", name));
        order.expiry().ifPresent(expiry -> body.add("expiry", expiry.toString()));
        return post("/regroups", body.build());
    }

    /** The own regroups by their parts, the newest first. @param before the {@code next} of the page before */
    public JsonObject regroups(Optional<String> before, int limit) {
        return get("/regroups?limit=" + limit
                + before.map(time -> "&before=" + PathSegment.encode(time)).orElse(""));
    }

    public JsonObject regroup(String id) {
        return get(regroupPath(id));
    }

    /** Gives a temporary group new keys in all systems. @param activation when all begin to use them */
    public JsonObject rekeyRegroup(String id, Optional<Instant> activation) {
        return post(regroupPath(id) + "/rekey", activation(activation));
    }

    /** Ends a regroup: its keys are revoked in all systems. */
    public JsonObject endRegroup(String id) {
        return send(request(regroupPath(id)).DELETE());
    }

    private JsonObject get(String path) {
        return send(request(path).GET());
    }

    private JsonObject post(String path, JsonObject body) {
        return send(request(path).header("Content-Type", JSON).POST(publisher(body)));
    }

    private HttpRequest.Builder request(String path) {
        return https.request(ROOT + path).header("Accept", JSON);
    }

    private JsonObject send(HttpRequest.Builder request) {
        return TokenRetry.ask(
                tokens,
                token -> JsonAnswers.object(https.send(
                        request.setHeader("Authorization", "Bearer " + token).build(), MAX_ANSWER_OCTETS)));
    }

    private static HttpRequest.BodyPublisher publisher(JsonObject body) {
        return HttpRequest.BodyPublishers.ofByteArray(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject activation(Optional<Instant> activation) {
        JsonObjectBuilder body = Json.createObjectBuilder();
        activation.ifPresent(time -> body.add("activation", time.toString()));
        return body.build();
    }

    private static JsonArrayBuilder members(List<NewMember> members) {
        return array(members.stream().map(NewMember::text).toList());
    }

    private static JsonArrayBuilder array(List<String> texts) {
        return Json.createArrayBuilder(texts);
    }

    private static String after(Optional<String> after) {
        return after.map(last -> "&after=" + PathSegment.encode(last)).orElse("");
    }

    private static String groupPath(String uri) {
        return "/groups/" + PathSegment.encode(uri);
    }

    private static String jobPath(String id) {
        return "/jobs/" + PathSegment.encode(id);
    }

    private static String regroupPath(String id) {
        return "/regroups/" + PathSegment.encode(id);
    }
}
