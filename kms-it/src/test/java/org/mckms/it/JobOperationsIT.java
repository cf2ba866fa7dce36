package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.BatchExecutions;
import org.mckms.it.support.Gms;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.ManagementCli;

/** What an administrator of the container does to batch jobs holds no work up (docs/operations/jobs.md). */
@TestInstance(Lifecycle.PER_CLASS)
class JobOperationsIT {
    private static final int MEMBERS_PER_CALL = 750;
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private Gms gms;
    private BatchExecutions executions;

    @BeforeAll
    void start() {
        KmsHome home = KmsHome.makeWithGms("job-operations");
        home.set(Map.of("gms.workers", "1"));
        gms = Gms.enrolled(Kms.start(home, Map.of("origin", "derived")));
        executions = new BatchExecutions(home, "group-keys");
    }

    @AfterAll
    void stop() {
        gms.close();
    }

    @Test
    void aStoppedExecutionIsFollowedByAnotherOneAndIsNotRestarted() {
        int members = 2250;
        String job = rekeyOf("sip:everybody@example.org", members);
        Await.that("some messages are made", LIMIT, () -> job(job).getInt("done") > 200);
        long stopped = executions.numbers().get(executions.numbers().size() - 1);
        executions.stop(stopped);
        Await.that("it has stopped", LIMIT, () -> executions.status(stopped).equals("STOPPED"));
        assertThat(job(job).getInt("done")).isLessThan(members);
        assertThatThrownBy(() -> executions.restart(stopped)).isInstanceOf(AssertionError.class);

        awaitFinished(job);
        assertThat(job(job).getInt("done")).isEqualTo(members);
        Await.that("the worker has ended", LIMIT, () -> executions.running() == 0);
        assertThat(executions.numbers().stream().filter(number -> number > stopped))
                .isNotEmpty()
                .allSatisfy(number -> assertThat(executions.status(number)).isEqualTo("COMPLETED"));
    }

    @Test
    void jobsGoOnAfterTheServerWasSuspended() {
        ManagementCli.run(gms.kms().home(), ":suspend");
        ManagementCli.run(gms.kms().home(), ":resume");
        String group = group("sip:some@example.org");
        String job = join(group, 1, 300);
        awaitFinished(job);
        assertThat(job(job).getInt("done")).isEqualTo(300);
    }

    private JsonObject job(String id) {
        return AdminFace.object(gms.get("/jobs/" + id));
    }

    private void awaitFinished(String job) {
        Await.that(
                "the job is finished", LIMIT, () -> job(job).getString("state").equals("FINISHED"));
    }

    /** @return the job that brings the members of a new group their second keys; the first reach nobody */
    private String rekeyOf(String uri, int members) {
        String group = group(uri);
        for (int first = 1; first <= members; first += MEMBERS_PER_CALL) {
            String join = join(group, first, first + MEMBERS_PER_CALL - 1);
            AdminFace.object(gms.post("/jobs/" + join + "/cancel", Map.of()));
        }
        return AdminFace.object(gms.post(group + "/rekey", Map.of())).getString("id");
    }

    /** @return its path */
    private String group(String uri) {
        AdminFace.object(
                gms.post("/groups", Map.of("uri", uri, "service", "mcptt", "uses", List.of("media", "floor"))));
        return Gms.group(uri);
    }

    /** @return the job that brings these users their keys */
    private String join(String group, int first, int last) {
        List<String> users = IntStream.rangeClosed(first, last)
                .mapToObj(number -> "sip:user-" + number + "@example.org")
                .toList();
        return AdminFace.object(gms.post(group + "/members", Map.of("members", users)))
                .getString("id");
    }
}
