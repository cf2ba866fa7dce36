package org.mckms.it.support;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A KMS and its GMS in one server, with managers and members. */
public final class GroupSystem implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Gms gms;
    private final Path folder;
    private final List<GroupMemberDevice> members = new ArrayList<>();

    private GroupSystem(Gms gms) {
        this.gms = gms;
        this.folder = gms.kms().home().dir().resolve("members");
    }

    /** Starts the server of a fresh home, makes an epoch and enrols the GMS. */
    public static GroupSystem start(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        all.putAll(settings);
        return new GroupSystem(Gms.start(name, all));
    }

    /** The same on another database or server. */
    public static GroupSystem start(String name, Map<String, String> settings, KmsServer.Variant variant) {
        KmsHome home = KmsHome.makeWithGms(name);
        Map<String, String> all = new TreeMap<>(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        all.putAll(settings);
        home.set(all);
        return new GroupSystem(Gms.enrolled(Kms.start(home, Map.of("origin", "derived"), variant)));
    }

    public Kms kms() {
        return gms.kms();
    }

    /** The face for the manager whom the settings name. */
    public GroupFace manager() {
        return face(gms.dispatcher());
    }

    public GroupFace face(String user) {
        return GroupFace.of(kms(), user);
    }

    /** A registered and provisioned device of a user. */
    public GroupMemberDevice member(String user) {
        GroupMemberDevice device = GroupMemberDevice.registered(kms(), user, folder);
        members.add(device);
        return device;
    }

    /** Makes a group with a key for media and one for floor control, and waits until its messages are ready. */
    public JsonObject create(String uri, List<String> memberUris) {
        JsonObject group = GroupFace.json(
                manager()
                        .post(
                                "/groups",
                                Map.of(
                                        "uri",
                                        uri,
                                        "service",
                                        "mcptt",
                                        "uses",
                                        List.of("media", "floor"),
                                        "members",
                                        memberUris)),
                201);
        awaitNothingWaits(uri);
        return group;
    }

    /** Waits until each member's messages are made. */
    public void awaitNothingWaits(String groupUri) {
        Await.that("messages of " + groupUri + " are made", LIMIT, () -> states(groupUri).values().stream()
                .noneMatch(states -> states.contains("WAITING")));
    }

    /** The states of a group's keys by member. */
    public Map<String, List<String>> states(String groupUri) {
        Map<String, List<String>> states = new TreeMap<>();
        JsonObject page = GroupFace.json(manager().get(GroupFace.group(groupUri) + "/members?limit=500"), 200);
        for (JsonObject member : page.getJsonArray("members").getValuesAs(JsonObject.class)) {
            states.put(
                    member.getString("uri"),
                    member.getJsonArray("keys").getValuesAs(JsonObject.class).stream()
                            .map(key -> key.getString("state"))
                            .toList());
        }
        return states;
    }

    /** A job of an answer 202, when it is over. */
    public JsonObject finished(Reply accepted) {
        String id = GroupFace.json(accepted, 202).getString("id");
        Await.that("job " + id + " is over", LIMIT, () -> !job(id).isNull("endedAt"));
        return job(id);
    }

    private JsonObject job(String id) {
        return GroupFace.json(manager().get("/jobs/" + id), 200);
    }

    @Override
    public void close() {
        members.forEach(GroupMemberDevice::close);
        gms.close();
    }
}
