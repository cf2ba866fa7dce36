package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.GroupManagerClient;
import org.mckms.client.GroupManagerClient.GroupOrder;
import org.mckms.client.GroupManagerClient.NewMember;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.group.GroupKey;
import org.mckms.client.group.KeyUse;
import org.mckms.client.group.Reception;
import org.mckms.client.group.SrtpMaterial;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.protocol.error.KmsErrorCode;

/**
 * Group keys in one go: a group of several users gets a key for media and one for floor control in one notification, all
 * members come to the same keys, and one who is removed does not get the next ones.
 */
final class GmsDemo {
    static final List<String> USES = List.of("media", "floor");
    static final String SERVICE = "mcptt";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELLED");
    private static final String DISPATCHER = "dispatcher";

    private final DemoSteps steps;
    private final Clock clock;

    GmsDemo(DemoSteps steps, Clock clock) {
        this.steps = steps;
        this.clock = clock;
    }

    /** A group with its members, the last of whom will leave. */
    record Team(GmsDemoSystem system, String groupUri, List<GroupDevice> members) {
        Team {
            members = List.copyOf(members);
        }

        GroupDevice talker() {
            return members.get(0);
        }

        String names() {
            return members.size() + " members";
        }
    }

    /** Makes the group, delivers its keys, and removes the last member. Gives back those who stay. */
    Team run(Team team) {
        make(team, DISPATCHER);
        team.members().forEach(member -> fetch(member, team.groupUri()));
        steps.run(team.names(), "compare the keys", () -> compare(team.members(), team.groupUri()));
        steps.run(DISPATCHER, "state of the group", () -> acknowledged(team));
        return removeLast(team);
    }

    /** Makes a group; its members need not have been heard of. */
    void make(Team team, String who) {
        GroupManagerClient manager = team.system().manager();
        steps.run(who, "make a group of " + team.members().size(), () -> {
            List<NewMember> members = team.members().stream()
                    .map(member -> new NewMember(member.uri(), Optional.empty()))
                    .toList();
            GroupOrder order = new GroupOrder(
                    team.groupUri(),
                    Optional.of("demonstration"),
                    SERVICE,
                    USES,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    members);
            Patience.until(LIMIT, () -> created(manager, order), () -> "the GMS does not become ready");
            return new DemoSteps.Outcome<>(true, team.groupUri());
        });
    }

    /** Empty while the server has not got its own keys. */
    private static Optional<JsonObject> created(GroupManagerClient manager, GroupOrder order) {
        try {
            return Optional.of(manager.create(order));
        } catch (KmsRefusedException e) {
            if (e.httpStatus() == KmsErrorCode.NOT_READY.httpStatus()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Fetches the keys as soon as they are there: one document, both keys, taken together; and acknowledges them. */
    void fetch(GroupDevice member, String groupUri) {
        steps.run(name(member), "fetch the keys", () -> {
            Reception reception =
                    Patience.until(LIMIT, () -> taken(member, groupUri), () -> "no keys came for " + member.uri());
            return new DemoSteps.Outcome<>(
                    true, reception.keys().size() + " keys in one notification, checked, kept, acknowledged");
        });
    }

    /** Empty while the messages are being made; the keys for both uses have to come together. */
    private Optional<Reception> taken(GroupDevice member, String groupUri) {
        Optional<Reception> reception;
        try {
            reception = member.fetch(groupUri);
        } catch (KmsRefusedException e) {
            if (e.httpStatus() == KmsErrorCode.NOT_FOUND.httpStatus()) {
                return Optional.empty();
            }
            throw e;
        }
        reception.flatMap(Reception::refusal).ifPresent(refusal -> {
            throw new CommandFailedException(name(member) + " refused the keys: " + refusal.text());
        });
        return reception.filter(all -> all.keys().size() >= USES.size()
                && usable(member, groupUri, KeyUse.MEDIA)
                && usable(member, groupUri, KeyUse.FLOOR));
    }

    private boolean usable(GroupDevice member, String groupUri, KeyUse use) {
        Optional<GroupKey> key = member.groupKeys().keyFor(groupUri, use, now());
        key.ifPresent(GroupKey::close);
        return key.isPresent();
    }

    /** All members derive the same for one talker, from keys that are two. */
    DemoSteps.Outcome<Boolean> compare(List<GroupDevice> members, String groupUri) {
        String talker = members.get(0).uri();
        try (SrtpMaterial media = material(members.get(0), groupUri, KeyUse.MEDIA, talker);
                SrtpMaterial floor = material(members.get(0), groupUri, KeyUse.FLOOR, talker)) {
            for (GroupDevice other : members) {
                same(other, groupUri, KeyUse.MEDIA, talker, media);
                same(other, groupUri, KeyUse.FLOOR, talker, floor);
            }
            DemoSteps.require(!media.tek().constantTimeEquals(floor.tek()), "media and floor have one key");
            return new DemoSteps.Outcome<>(
                    true, "the same for media and for floor control, MKI " + media.mki() + " when she talks");
        }
    }

    private void same(GroupDevice member, String groupUri, KeyUse use, String talker, SrtpMaterial expected) {
        try (SrtpMaterial derived = material(member, groupUri, use, talker)) {
            DemoSteps.require(
                    derived.mki().equals(expected.mki())
                            && derived.tek().constantTimeEquals(expected.tek())
                            && derived.salt().constantTimeEquals(expected.salt()),
                    name(member) + " has another key for " + use);
        }
    }

    private SrtpMaterial material(GroupDevice member, String groupUri, KeyUse use, String talker) {
        try (GroupKey key = member.groupKeys()
                .keyFor(groupUri, use, now())
                .orElseThrow(() -> new CommandFailedException(name(member) + " has no key for " + use))) {
            return key.srtpOf(CryptoSessionId.MCPTT_GROUP, talker);
        }
    }

    private static DemoSteps.Outcome<Boolean> acknowledged(Team team) {
        JsonObject page = team.system()
                .manager()
                .members(team.groupUri(), Optional.empty(), team.members().size());
        int keys = 0;
        for (JsonObject member : JsonText.items(page)) {
            for (JsonValue value : member.getJsonArray("keys")) {
                String state = value.asJsonObject().getString("state");
                DemoSteps.require(state.equals("ACKNOWLEDGED"), "a key of " + member.getString("uri") + " is " + state);
                keys++;
            }
        }
        return new DemoSteps.Outcome<>(true, keys + " of " + keys + " keys are acknowledged");
    }

    private Team removeLast(Team team) {
        GroupManagerClient manager = team.system().manager();
        GroupDevice gone = team.members().get(team.members().size() - 1);
        List<GroupDevice> staying = team.members().subList(0, team.members().size() - 1);
        String oldMki = mki(team.talker(), team.groupUri());
        steps.run(DISPATCHER, "remove " + name(gone), () -> {
            String job = manager.removeMember(team.groupUri(), gone.uri()).getString("id");
            Patience.until(
                    LIMIT,
                    () -> Optional.of(manager.job(job)).filter(now -> ENDED.contains(now.getString("state"))),
                    () -> "the new keys were not made in time");
            return new DemoSteps.Outcome<>(true, "new keys are made for those who stay");
        });
        staying.forEach(member -> fetch(member, team.groupUri()));
        steps.run(staying.size() + " members", "compare the keys", () -> {
            DemoSteps.require(!mki(team.talker(), team.groupUri()).equals(oldMki), "the keys are the old ones");
            return compare(staying, team.groupUri());
        });
        steps.run(name(gone), "fetch the keys", () -> refused(gone, team));
        return new Team(team.system(), team.groupUri(), staying);
    }

    private String mki(GroupDevice member, String groupUri) {
        try (SrtpMaterial material = material(member, groupUri, KeyUse.MEDIA, member.uri())) {
            return material.mki().toHex();
        }
    }

    /** The server gives nothing to one who is gone, who does not hold the new key either. */
    private DemoSteps.Outcome<Boolean> refused(GroupDevice gone, Team team) {
        try {
            gone.fetch(team.groupUri());
            throw new CommandFailedException("the GMS gave keys to " + gone.uri());
        } catch (KmsRefusedException e) {
            DemoSteps.require(
                    e.httpStatus() == KmsErrorCode.NOT_FOUND.httpStatus(), "expected HTTP 404, but " + e.getMessage());
        }
        try (GroupKey current = team.talker()
                .groupKeys()
                .keyFor(team.groupUri(), KeyUse.MEDIA, now())
                .orElseThrow()) {
            Optional<GroupKey> held = gone.groupKeys().keyById(current.details().keyId(), now());
            held.ifPresent(GroupKey::close);
            DemoSteps.require(held.isEmpty(), name(gone) + " holds the new key");
            return new DemoSteps.Outcome<>(
                    true, "refused with HTTP 404, and key " + current.details().keyId() + " is not held");
        }
    }

    Instant now() {
        return clock.instant();
    }

    static String name(GroupDevice member) {
        String uri = member.uri();
        return uri.substring(uri.indexOf(':') + 1, uri.indexOf('@'));
    }
}
