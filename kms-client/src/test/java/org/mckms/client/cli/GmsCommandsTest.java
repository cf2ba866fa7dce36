package org.mckms.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestPki;

/** {@code kmsctl gms} as a manager of groups, against a group management server on loopback. */
class GmsCommandsTest {
    private static final String GROUP = "sip:fire-7@example.org";
    private static final String GROUP_PATH = "/groupmanagement/v1/groups/sip%3Afire-7%40example.org";
    private static final String JOB = "{\"id\":\"7d5c\",\"group\":\"" + GROUP
            + "\",\"kind\":\"REKEY\",\"state\":\"%s\",\"total\":3,\"done\":%d,\"secondsLeft\":null}";
    private static TestPki pki;

    @TempDir
    private Path home;

    private StubServer server;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        server.answers(request -> Reply.json(200, "{\"uri\":\"" + GROUP + "\",\"state\":\"ACTIVE\"}"));
        TestHome.make(home, pki, server.address(), server.address());
        Files.writeString(
                home.resolve("kms.properties"),
                "\ngms.managers=sip:dispatcher@example.org, sip:other@example.org\n",
                StandardOpenOption.APPEND);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void makesAGroupInTheNameOfTheFirstManager() throws ParseException {
        server.answers(request -> Reply.json(201, "{\"uri\":\"" + GROUP + "\",\"generation\":1}"));

        Cli.Result result = run(
                "create",
                GROUP,
                "--name",
                "Fire 7",
                "--uses",
                "media,floor",
                "--rekey-every",
                "P7D",
                "--member",
                "sip:alice@example.org",
                "--member",
                "sip:bob@partner.example kms.partner.example");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("the group is made", "generation  1");
        assertThat(server.lastRequest().method()).isEqualTo("POST");
        assertThat(server.lastRequest().target()).isEqualTo("/groupmanagement/v1/groups");
        assertThat(server.lastRequest().header("Content-Type")).contains("application/json");
        assertThat(sent())
                .isEqualTo(json("{\"uri\":\"" + GROUP + "\",\"service\":\"mcptt\",\"uses\":[\"media\",\"floor\"],"
                        + "\"name\":\"Fire 7\",\"rekeyEvery\":\"PT168H\",\"members\":[\"sip:alice@example.org\","
                        + "\"sip:bob@partner.example kms.partner.example\"]}"));
        SignedJWT token = SignedJWT.parse(
                server.lastRequest().header("Authorization").orElseThrow().replace("Bearer ", ""));
        assertThat(token.getJWTClaimsSet().getStringClaim("mcptt_id")).isEqualTo("sip:dispatcher@example.org");
        assertThat(token.getJWTClaimsSet().getStringClaim("scope"))
                .isEqualTo("openid 3gpp:mc:ptt_key_management_service 3gpp:mc:ptt_group_management_service");
    }

    @Test
    void takesATokenThatItIsGiven() {
        Cli.Result result = run("show", GROUP, "--token-file", file("token.jwt", "a.b.c\n"));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.lastRequest().header("Authorization")).contains("Bearer a.b.c");
        assertThat(server.lastRequest().target()).isEqualTo(GROUP_PATH);
        assertThat(run("show", GROUP, "--token-file", file("token.jwt", "a.b.c"), "--user", "sip:x@example.org")
                        .exit())
                .isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void listsGroupsAndTellsHowToGoOn() {
        server.answers(request ->
                Reply.json(200, "{\"groups\":[{\"uri\":\"" + GROUP + "\",\"members\":3}],\"next\":\"" + GROUP + "\"}"));

        Cli.Result result = run("list", "--after", "sip:a@example.org", "--limit", "1");

        assertThat(result.out()).contains("URI", "MEMBERS", GROUP);
        assertThat(result.err()).contains("--after " + GROUP);
        assertThat(server.lastRequest().target())
                .isEqualTo("/groupmanagement/v1/groups?limit=1&after=sip%3Aa%40example.org");
    }

    @Test
    void listsMembersWithTheStateOfEachKey() {
        server.answers(request -> Reply.json(
                200,
                "{\"members\":[{\"number\":1,\"uri\":\"sip:alice@example.org\",\"kms\":null,\"keys\":["
                        + "{\"id\":\"0A1B2C3D\",\"state\":\"ACKNOWLEDGED\",\"reason\":null},"
                        + "{\"id\":\"4A1B2C3D\",\"state\":\"FAILED\",\"reason\":\"STALE\"}]},"
                        + "{\"number\":2,\"uri\":\"sip:bob@example.org\",\"kms\":null,\"keys\":[]}],\"next\":2}"));

        Cli.Result result = run("members", "list", GROUP);

        assertThat(result.out().lines())
                .anyMatch(line -> line.matches("1 +sip:alice@example.org +- +0A1B2C3D +ACKNOWLEDGED +-"))
                .anyMatch(line -> line.matches(" +4A1B2C3D +FAILED +STALE"))
                .anyMatch(line -> line.matches("2 +sip:bob@example.org +-"));
        assertThat(result.err()).contains("--after 2");
    }

    @Test
    void showsOneMember() {
        server.answers(request -> Reply.json(
                200,
                "{\"number\":7,\"uri\":\"sip:alice@example.org\",\"kms\":null,\"keys\":["
                        + "{\"id\":\"0A1B2C3D\",\"state\":\"PENDING\",\"reason\":null}]}"));

        Cli.Result result = run("members", "show", GROUP, "sip:alice@example.org");

        assertThat(result.out().lines())
                .anyMatch(line -> line.matches("7 +sip:alice@example.org +- +0A1B2C3D +PENDING +-"));
        assertThat(server.lastRequest().target()).isEqualTo(GROUP_PATH + "/members/sip%3Aalice%40example.org");
        assertThat(run("members", "show", GROUP, "sip:alice@example.org", "--json")
                        .out())
                .contains("\"number\"", "\"PENDING\"");
    }

    @Test
    void newcomersMayComeWithNewKeysForAllWhichAreMadeOnce() {
        server.answers(request -> Reply.json(202, JOB.formatted("FINISHED", 3)));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1001; i++) {
            lines.append("sip:user-").append(i).append("@example.org\n");
        }

        Cli.Result result =
                run("members", "add", GROUP, "--rekey", "--members-file", file("members.txt", lines.toString()));

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("1000 members are added; all get new keys", "1 members are added");
        assertThat(json(server.requests().get(0).bodyText()).getString("rekey")).isEqualTo("yes");
        assertThat(sent()).isEqualTo(json("{\"members\":[\"sip:user-1000@example.org\"]}"));
    }

    @Test
    void addsMembersOfAFileAndWaitsForTheEndOfTheJob() {
        Deque<String> states = new ArrayDeque<>(
                List.of(JOB.formatted("RUNNING", 0), JOB.formatted("RUNNING", 2), JOB.formatted("FINISHED", 3)));
        server.answers(request -> Reply.json(202, states.remove()));

        Cli.Result result = run(
                "members",
                "add",
                GROUP,
                "sip:carol@example.org",
                "--members-file",
                file("members.txt", "sip:dora@example.org\n\nsip:eve@x.example,kms.x.example\n"),
                "--wait");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).contains("3 members are added", "FINISHED");
        assertThat(result.err()).contains("2 of 3 messages", "3 of 3 messages");
        assertThat(server.requests().get(0).target()).isEqualTo(GROUP_PATH + "/members");
        assertThat(json(server.requests().get(0).bodyText()))
                .isEqualTo(json("{\"members\":[\"sip:carol@example.org\",\"sip:dora@example.org\","
                        + "\"sip:eve@x.example kms.x.example\"]}"));
        assertThat(server.lastRequest().target()).isEqualTo("/groupmanagement/v1/jobs/7d5c");
    }

    @Test
    void sendsLongListsInParts() {
        server.answers(request -> Reply.json(202, JOB.formatted("FINISHED", 3)));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1001; i++) {
            lines.append("sip:user-").append(i).append("@example.org\n");
        }

        assertThat(run("members", "add", GROUP, "--members-file", file("members.txt", lines.toString()))
                        .exit())
                .isZero();
        assertThat(server.requests()).hasSize(2);
        assertThat(sent()).isEqualTo(json("{\"members\":[\"sip:user-1000@example.org\"]}"));
    }

    @ParameterizedTest(name = "gms {0} sends {1} {2} with {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "members remove GROUP sip:bob@example.org|DELETE|PATH/members/sip%3Abob%40example.org|",
                "rekey GROUP|POST|PATH/rekey|{}",
                "rekey GROUP --at 2026-12-01|POST|PATH/rekey|{\"activation\":\"2026-12-01T00:00:00Z\"}",
                "revoke GROUP 0A1B2C3D|POST|PATH/keys/0A1B2C3D/revoke|{}",
                "schedule GROUP --every P7D|PUT|PATH/schedule|{\"rekeyEvery\":\"PT168H\"}",
                "schedule GROUP --never|PUT|PATH/schedule|{}",
                "teardown GROUP|DELETE|PATH|",
                "jobs show 7d5c|GET|/groupmanagement/v1/jobs/7d5c|",
                "jobs pause 7d5c|POST|/groupmanagement/v1/jobs/7d5c/pause|{}",
                "jobs resume 7d5c|POST|/groupmanagement/v1/jobs/7d5c/resume|{}",
                "jobs cancel 7d5c|POST|/groupmanagement/v1/jobs/7d5c/cancel|{}",
                "regroup list|GET|/groupmanagement/v1/regroups?limit=50|",
                "regroup list --before 2026-12-01T00:00:00Z|GET"
                        + "|/groupmanagement/v1/regroups?limit=50&before=2026-12-01T00%3A00%3A00Z|",
                "regroup rekey 7d5c|POST|/groupmanagement/v1/regroups/7d5c/rekey|{}",
                "regroup show 7d5c|GET|/groupmanagement/v1/regroups/7d5c|",
                "regroup end 7d5c|DELETE|/groupmanagement/v1/regroups/7d5c|"
            })
    void sendsWhatTheInterfaceWants(String words, String method, String target, String body) {
        server.answers(request -> Reply.json(200, JOB.formatted("FINISHED", 3)));

        Cli.Result result = run(words.replace("GROUP", GROUP).split(" "));

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.lastRequest().method()).isEqualTo(method);
        assertThat(server.lastRequest().target()).isEqualTo(target.replace("PATH", GROUP_PATH));
        assertThat(server.lastRequest().bodyText()).isEqualTo(body == null ? "" : body);
    }

    @Test
    void startsARegroup() {
        Cli.Result result = run(
                "regroup",
                "start",
                "sip:tmp-7@example.org",
                "--group",
                GROUP,
                "--partner-group",
                "sip:gms@b.example sip:police@b.example",
                "--uses",
                "media,floor",
                "--until",
                "2026-12-01T12:00:00Z");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/groupmanagement/v1/regroups");
        assertThat(sent())
                .isEqualTo(json("{\"temporaryGroup\":\"sip:tmp-7@example.org\",\"service\":\"mcptt\","
                        + "\"uses\":[\"media\",\"floor\"],\"ownGroups\":[\"" + GROUP + "\"],"
                        + "\"partnerGroups\":[\"sip:gms@b.example sip:police@b.example\"],"
                        + "\"expiry\":\"2026-12-01T12:00:00Z\"}"));
    }

    @ParameterizedTest
    @CsvSource({
        "schedule GROUP",
        "schedule GROUP --every P7D --never",
        "schedule GROUP --every weekly",
        "rekey GROUP --at soon",
        "rekey",
        "members add GROUP",
        "members add GROUP sip:a@x?kms?z",
        "regroup start sip:t@example.org --partner-group sip:gms@b.example",
        "jobs",
        "members",
        "regroup"
    })
    void saysWhatIsWrongInTheCommandAndAsksNobody(String words) {
        String[] arguments = words.replace("GROUP", GROUP).split(" ");
        Cli.Result result =
                run(Arrays.stream(arguments).map(word -> word.replace('?', ' ')).toArray(String[]::new));

        assertThat(result.exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(result.err()).startsWith("error: ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void tellsARefusalAndAStrangeAnswer() {
        server.answers(request -> Reply.json(
                404,
                "{\"error\":{\"code\":404,\"name\":\"NOT_FOUND\",\"message\":\"no such group\",\"requestId\":\"r\"}}"));
        Cli.Result refused = run("show", GROUP);
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("error: ", "no such group");

        server.answers(request -> Reply.text(200, "text/html", "<html>"));
        Cli.Result strange = run("show", GROUP);
        assertThat(strange.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(strange.err()).contains("error: the answer is not JSON");
    }

    private Cli.Result run(String... words) {
        return Cli.in(home).run(List.of(words), "gms");
    }

    private String file(String name, String content) {
        try {
            return Files.writeString(home.resolve(name), content).toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonObject sent() {
        return json(server.lastRequest().bodyText());
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            return reader.readObject();
        }
    }
}
