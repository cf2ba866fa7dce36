package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.mckms.client.group.KeyUse;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.BatchExecutions;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.Gms;
import org.mckms.it.support.GroupMemberDevice;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer.Variant;
import org.mckms.it.support.PostgresCluster;

/** Mass re-key on PostgreSQL; the server is killed in the middle of it, more than once. */
@TestInstance(Lifecycle.PER_CLASS)
class RekeyKillIT {
    private static final String GROUP = "sip:everybody@example.org";
    private static final int MEMBERS = 1500;
    private static final int MEMBERS_PER_CALL = 750;
    private static final int KILLS = 2;
    private static final int WORKERS = 2;
    private static final int DONE_BETWEEN_KILLS = 200;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private PostgresCluster postgres;
    private Variant variant;
    private Gms gms;

    @BeforeAll
    void start() {
        KmsHome home = KmsHome.makeWithGms("rekey-kill");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S", "gms.workers", Integer.toString(WORKERS)));
        postgres = PostgresCluster.start(home.dir().resolve("log"));
        variant = Variant.AS_BUILT.withEnvironment(postgres.environment());
        gms = Gms.enrolled(Kms.start(home, Map.of("origin", "derived"), variant));
    }

    @AfterAll
    void stop() {
        gms.close();
        postgres.close();
    }

    private JsonObject job(String id) {
        return AdminFace.object(gms.get("/jobs/" + id));
    }

    private static String user(int number) {
        return "sip:user-" + number + "@example.org";
    }

    /** A group whose first keys reach nobody: what counts comes later. */
    private void makeGroup() {
        AdminFace.object(
                gms.post("/groups", Map.of("uri", GROUP, "service", "mcptt", "uses", List.of("media", "floor"))));
        for (int first = 1; first <= MEMBERS; first += MEMBERS_PER_CALL) {
            List<String> users = IntStream.range(first, first + MEMBERS_PER_CALL)
                    .mapToObj(RekeyKillIT::user)
                    .toList();
            String join = AdminFace.object(gms.post(Gms.group(GROUP) + "/members", Map.of("members", users)))
                    .getString("id");
            AdminFace.object(gms.post("/jobs/" + join + "/cancel", Map.of()));
        }
    }

    @Test
    void eachMemberEndsWithOneValidMessagePerKey() {
        makeGroup();
        String job = AdminFace.object(gms.post(Gms.group(GROUP) + "/rekey", Map.of()))
                .getString("id");

        int doneBefore = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int enough = doneBefore + DONE_BETWEEN_KILLS;
            Await.that("some messages are made", LIMIT, () -> job(job).getInt("done") >= enough);
            gms.kms().server().kill();
            gms = Gms.of(Kms.restart(gms.kms().home(), variant));
            doneBefore = job(job).getInt("done");
            assertThat(doneBefore).isGreaterThanOrEqualTo(enough);
        }
        assertThat(doneBefore).isLessThan(MEMBERS);
        Await.that(
                "the job is finished", LIMIT, () -> job(job).getString("state").equals("FINISHED"));

        assertBatchJobFinishedIt();
        assertThat(job(job).getInt("done")).isEqualTo(MEMBERS);
        assertThat(job(job).getInt("total")).isEqualTo(MEMBERS);
        assertOneMessagePerMemberAndKey(job(job));
        assertTrailTellsOfOneJob(job);
        assertMembersHearEachOther();
    }

    /** The server began to count executions anew when it was started for the last time. */
    private void assertBatchJobFinishedIt() {
        BatchExecutions executions = new BatchExecutions(gms.kms().home(), "group-keys");
        Await.that("the workers have ended", LIMIT, () -> executions.running() == 0);
        List<Long> numbers = executions.numbers();
        assertThat(numbers).isNotEmpty();
        assertThat(numbers)
                .allSatisfy(number -> assertThat(executions.status(number)).isEqualTo("COMPLETED"));
        assertThat(executions.stepsOfPartitions(numbers.get(0)))
                .hasSize(WORKERS)
                .allSatisfy(steps -> assertThat(steps).isPositive());
    }

    private void assertOneMessagePerMemberAndKey(JsonObject job) {
        List<String> keys = job.getJsonArray("keys").stream()
                .map(key -> key.toString().replace("\"", ""))
                .toList();
        assertThat(keys).hasSize(2);
        for (String key : keys) {
            assertThat(postgres.sql("SELECT COUNT(*), COUNT(DISTINCT member_no), COUNT(DISTINCT message),"
                            + " MIN(state), MAX(state) FROM gms_message WHERE key_id = '" + key + "'"))
                    .isEqualTo(String.join("|", "" + MEMBERS, "" + MEMBERS, "" + MEMBERS, "PENDING", "PENDING"));
        }
    }

    private void assertTrailTellsOfOneJob(String job) {
        ExportedTrail trail = ExportedTrail.of(gms.kms());
        assertThat(trail.verify().firstFault()).isEmpty();
        for (String event : List.of("REKEY_JOB_STARTED", "REKEY_JOB_FINISHED")) {
            assertThat(trail.records().lines().filter(line -> line.contains(event) && line.contains(job)))
                    .as(event)
                    .hasSize(1);
        }
    }

    /** One whose messages were made before the first kill, one between, one after the last. */
    private void assertMembersHearEachOther() {
        Path folder = gms.kms().home().dir().resolve("members");
        try (GroupMemberDevice first = GroupMemberDevice.registered(gms.kms(), user(1), folder);
                GroupMemberDevice middle = GroupMemberDevice.registered(gms.kms(), user(MEMBERS / 4), folder);
                GroupMemberDevice last = GroupMemberDevice.registered(gms.kms(), user(MEMBERS), folder)) {
            for (GroupMemberDevice each : List.of(first, middle, last)) {
                assertThat(each.refresh(GROUP)).isPresent();
                assertThat(each.keyIds(GROUP)).hasSize(2);
            }
            for (KeyUse use : KeyUse.values()) {
                assertThat(first.hears(user(1), GROUP, use))
                        .isPresent()
                        .isEqualTo(middle.hears(user(1), GROUP, use))
                        .isEqualTo(last.hears(user(1), GROUP, use));
            }
        }
        assertThat(postgres.sql("SELECT COUNT(*) FROM gms_message WHERE state = 'ACKNOWLEDGED'"))
                .isEqualTo("6");
    }
}
