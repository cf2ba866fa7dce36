package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.client.GroupManagerClient;
import org.mckms.client.GroupManagerClient.PartnerGroup;
import org.mckms.client.GroupManagerClient.RegroupOrder;

/**
 * A temporary group over two systems: the primary GMS makes its keys and sends them to the partner GMS, which gives them to
 * its own users; users of both systems come to the same keys.
 */
final class GmsRegroupDemo {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final DemoSteps steps;
    private final GmsDemo demo;

    GmsRegroupDemo(DemoSteps steps, GmsDemo demo) {
        this.steps = steps;
        this.demo = demo;
    }

    /**
     * Runs the steps.
     *
     * @param own a group that there is, at the primary
     * @param partner a group to be made at the partner
     * @param temporaryGroup URI that no group has
     */
    void run(GmsDemo.Team own, GmsDemo.Team partner, String temporaryGroup) {
        demo.make(partner, "partner");
        GroupManagerClient primary = own.system().manager();
        String id = steps.run("dispatcher", "regroup with the partner", () -> {
            JsonObject regroup = primary.regroup(new RegroupOrder(
                    temporaryGroup,
                    Optional.of("demonstration"),
                    GmsDemo.SERVICE,
                    GmsDemo.USES,
                    List.of(own.groupUri()),
                    List.of(new PartnerGroup(partner.system().gmsUri(), partner.groupUri())),
                    Optional.empty()));
            return new DemoSteps.Outcome<>(regroup.getString("id"), temporaryGroup);
        });
        steps.run("partner", "take the keys", () -> reached(primary, id, partner, Set.of("STORED", "SETTLED")));
        List<GroupDevice> all = Stream.concat(own.members().stream(), partner.members().stream())
                .toList();
        all.forEach(member -> demo.fetch(member, temporaryGroup));
        steps.run(all.size() + " members", "compare the keys", () -> demo.compare(all, temporaryGroup));
        steps.run("partner", "report to the primary", () -> reached(primary, id, partner, Set.of("SETTLED")));
        steps.run("dispatcher", "end the regroup", () -> {
            primary.endRegroup(id);
            return reached(primary, id, partner, Set.of("ENDED"));
        });
    }

    /** Waits until the partner's part is in one of these states. */
    private static DemoSteps.Outcome<Boolean> reached(
            GroupManagerClient primary, String id, GmsDemo.Team partner, Set<String> states) {
        JsonObject part = Patience.until(
                LIMIT,
                () -> part(primary.regroup(id), partner.system().gmsUri())
                        .filter(now -> states.contains(now.getString("state")) || failed(now)),
                () -> "the partner's part is "
                        + part(primary.regroup(id), partner.system().gmsUri()));
        DemoSteps.require(
                !failed(part),
                "the partner could not: " + JsonText.member(part, "reason").orElse("no reason given"));
        return new DemoSteps.Outcome<>(
                true,
                part.getString("state") + ", " + part.get("acknowledged") + " of " + part.get("members")
                        + " members of the partner have acknowledged");
    }

    private static boolean failed(JsonObject part) {
        return part.getString("state").equals("FAILED");
    }

    private static Optional<JsonObject> part(JsonObject regroup, String gmsUri) {
        return regroup.getJsonArray("parts").getValuesAs(JsonObject.class).stream()
                .filter(part -> part.getString("partner").equals(gmsUri))
                .findFirst();
    }
}
