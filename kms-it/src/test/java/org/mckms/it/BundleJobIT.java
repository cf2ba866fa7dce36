package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.BatchExecutions;
import org.mckms.it.support.BundleArchiveFile;
import org.mckms.it.support.BundleUsers;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.IssuedKeySet;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.RegisteredDevice;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RootCertificate;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.sealed.RegistrationFiles;

/** Pre-provisioning (R-5.13-012): a job makes one bundle per user, whatever happens to the server in between. */
@TestInstance(Lifecycle.PER_CLASS)
class BundleJobIT {
    private static final int USERS = 400;
    private static final int PERIODS = 3;
    private static final int WORKERS = 2;
    private static final int DONE_BEFORE_KILL = 20;
    private static final int CHECKED_WITH_PAIRING = 5;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Kms kms;

    @BeforeAll
    void start() {
        KmsHome home = KmsHome.make("bundles");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S", "kms.bundles.workers", Integer.toString(WORKERS)));
        kms = Kms.start(home, Map.of("origin", "derived"));
    }

    @AfterAll
    void stop() {
        kms.close();
    }

    @Test
    void jobGoesOnAfterAKillAndNothingIsDoubledOrLost() throws IOException {
        List<String> users = BundleUsers.of("bundle-", USERS);
        AdminFace officer = kms.officer();
        users.forEach(user -> BundleUsers.importKeys(officer, user));
        String stranger = "sip:without-keys@example.org";
        String blocked = "sip:blocked-in-bundles@example.org";
        BundleUsers.importKeys(kms.officer(), blocked);
        AdminFace.object(kms.officer().post("/identities/block", Map.of("uri", blocked, "reason", "left")));
        List<String> lines = new ArrayList<>(users);
        lines.addAll(List.of(stranger, blocked, users.get(0), "", "sip:gms@example.org"));

        String job = start(lines, PERIODS);
        Await.that("some bundles are made", LIMIT, () -> job(job).getInt("done") >= DONE_BEFORE_KILL);
        kms.server().kill();
        kms = Kms.restart(kms.home(), KmsServer.Variant.AS_BUILT);
        JsonObject afterRestart = job(job);
        assertThat(afterRestart.getInt("done")).isBetween(DONE_BEFORE_KILL, USERS - 1);
        stopInTheMiddle(job, afterRestart.getInt("done"));
        Await.that(
                "the job is finished", LIMIT, () -> job(job).getString("state").equals("FINISHED"));

        assertBatchJobFinishedIt();
        JsonObject ended = job(job);
        assertThat(ended.getInt("total")).isEqualTo(USERS + 3);
        assertThat(ended.getInt("folded")).isEqualTo(1);
        assertThat(ended.getInt("done")).isEqualTo(USERS);
        assertThat(ended.getInt("failed")).isEqualTo(3);
        assertThat(failures(job))
                .anySatisfy(text -> assertThat(text).contains(stranger).contains("TRANSPORT_KEY_REQUIRED"))
                .anySatisfy(text -> assertThat(text).contains(blocked).contains("IDENTITY_BLOCKED"))
                .anySatisfy(text -> assertThat(text).contains("sip:gms@").contains("FORBIDDEN_IDENTITY"));
        assertThat(filesOf(job)).hasSize(USERS);
        assertBundlesOf(users, BundleArchiveFile.of(kms.officer().get("/bundle-jobs/" + job + "/archive")));
        assertTrailTellsOfEveryBundle(job, users);
    }

    /** Ends the server in order while its workers are at it: none of them meets an application that is gone. */
    private void stopInTheMiddle(String job, int doneBefore) {
        Await.that("some more bundles are made", LIMIT, () -> job(job).getInt("done") > doneBefore);
        assertThat(job(job).getString("state")).isEqualTo("RUNNING");
        kms.server().close();
        assertThat(kms.server().console().lines())
                .noneMatch(line -> line.contains(" ERROR [org.mckms"))
                .noneMatch(line -> line.contains(" ERROR [org.jberet"))
                .noneMatch(line -> line.contains(" ERROR [org.wildfly.extension.batch"));
        kms = Kms.restart(kms.home(), KmsServer.Variant.AS_BUILT);
    }

    /** The server began to count executions anew when it was started for the last time. */
    private void assertBatchJobFinishedIt() {
        BatchExecutions executions = new BatchExecutions(kms.home(), "bundles");
        Await.that("the workers have ended", LIMIT, () -> executions.running() == 0);
        List<Long> numbers = executions.numbers();
        assertThat(numbers).isNotEmpty();
        assertThat(executions.status(numbers.get(0))).isEqualTo("COMPLETED");
        assertThat(executions.stepsOfPartitions(numbers.get(0)))
                .hasSize(WORKERS)
                .anySatisfy(steps -> assertThat(steps).isPositive());
    }

    /** What follows uses no network: the archive, the keys of the devices, and the certificate that came with registration. */
    private void assertBundlesOf(List<String> users, BundleArchiveFile archive) {
        X509Certificate signer = signer();
        Set<String> served = new HashSet<>();
        int checked = 0;
        for (byte[] file : archive.bundles().values()) {
            ProvisioningBundle bundle = ProvisioningBundles.open(file, Optional.of(signer));
            assertThat(served.add(bundle.userUri())).isTrue();
            try (RegisteredDevice device =
                    RegisteredDevice.of(kms, bundle.userUri(), BundleUsers.keysOf(bundle.userUri()))) {
                RootCertificate root = rootOf(device.read(bundle.initResponse().toByteArray()));
                try (ReceivedResponse answer =
                        device.read(bundle.keyProvResponse().toByteArray())) {
                    assertThat(answer.keysWereWrapped()).isTrue();
                    List<KeySet> sets = IssuedKeySet.allOf(answer.response());
                    long first = root.periodAt(Instant.now());
                    assertThat(sets).extracting(KeySet::period).containsExactly(first, first + 1, first + 2);
                    if (checked++ < CHECKED_WITH_PAIRING) {
                        sets.forEach(set -> set.assertHoldsUnder(root));
                    }
                }
            }
        }
        assertThat(served).containsExactlyInAnyOrderElementsOf(users);
        assertThat(archive.items().lines()).hasSize(USERS + 4);
    }

    private X509Certificate signer() {
        return RegistrationFiles.signerOf(RegisteredDevice.requestFile(kms, "sip:signer@example.org", Map.of())
                .body());
    }

    private static RootCertificate rootOf(ReceivedResponse init) {
        assertThat(init.signature()).isPresent();
        KmsCertificate root = ((KmsInit) init.response().message().orElseThrow()).certificate();
        return new RootCertificate(
                root.kmsUri(),
                root.schedule().lengthSeconds(),
                root.schedule().offsetSeconds(),
                root.pubEncKey().octets().toHex(),
                root.pubAuthKey().octets().toHex());
    }

    private void assertTrailTellsOfEveryBundle(String job, List<String> users) {
        ExportedTrail trail = ExportedTrail.of(kms);
        assertThat(trail.verify().firstFault()).isEmpty();
        for (String event : List.of("BUNDLE_JOB_STARTED", "BUNDLE_JOB_FINISHED")) {
            assertThat(trail.records().lines().filter(line -> line.contains(event) && line.contains(job)))
                    .as(event)
                    .hasSize(1);
        }
        Set<String> told = new HashSet<>();
        trail.records().lines().filter(line -> line.contains("BUNDLE_MADE")).forEach(line -> users.stream()
                .filter(user -> line.contains("\"" + user + "\""))
                .forEach(told::add));
        assertThat(told).hasSize(USERS);
    }

    @Test
    void bundleOpensForItsDeviceOnly() {
        String user = "sip:bundle-owner@example.org";
        BundleUsers.importKeys(kms.officer(), user);
        String job = start(List.of(user + ",default"), 1);
        Await.that(
                "the job is finished", LIMIT, () -> job(job).getString("state").equals("FINISHED"));
        byte[] file = kms.officer().get("/bundle-jobs/" + job + "/bundles/1").body();
        ProvisioningBundle bundle = ProvisioningBundles.open(file, Optional.of(signer()));
        assertThat(bundle.device()).isEqualTo("default");

        try (RegisteredDevice other = RegisteredDevice.of(kms, user, BundleUsers.keysOf("sip:other@example.org"))) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> other.read(bundle.keyProvResponse().toByteArray()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SIGNATURE_REQUIRED));
        }
        file[file.length / 2] ^= 1;
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> ProvisioningBundles.open(file, Optional.empty()));

        AdminFace.object(kms.officer().post("/bundle-jobs/" + job + "/remove", Map.of()));
        assertRefused(kms.officer().get("/bundle-jobs/" + job), 404, 404);
        assertThat(kms.home().dir().resolve("bundles").resolve(job)).doesNotExist();
    }

    @Test
    void cancelledJobStopsAndKeepsWhatWasMade() {
        List<String> users = BundleUsers.of("never-", 5000);
        BundleUsers.importKeys(kms.officer(), users.get(0));
        String job = start(users, 1);
        assertRefused(kms.officer().get("/bundle-jobs/" + job + "/archive"), 409, 4093);

        JsonObject cancelled = AdminFace.object(kms.officer().post("/bundle-jobs/" + job + "/cancel", Map.of()));

        assertThat(cancelled.getString("state")).isEqualTo("CANCELLED");
        assertRefused(kms.officer().post("/bundle-jobs/" + job + "/cancel", Map.of()), 409, 4091);
        assertThat(kms.officer().get("/bundle-jobs/" + job + "/archive").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sip:a@example.org\nnot a uri\n", "sip:a@example.org,\n", "\n\n", "sip:a@example.org,x,y\n"})
    void listThatIsNoneLeavesNoJob(String list) {
        int before = AdminFace.array(kms.officer().get("/bundle-jobs?limit=500"), "jobs")
                .size();

        assertRefused(kms.officer().postList("/bundle-jobs?reason=test", list), 400, 400);

        assertThat(AdminFace.array(kms.officer().get("/bundle-jobs?limit=500"), "jobs"))
                .hasSize(before);
    }

    @Test
    void spanOutsideTheWindowIsRefused() {
        String list = "sip:a@example.org\n";
        Instant now = Instant.now();
        assertRefused(post(list, "&from=" + now.minus(Duration.ofDays(60))), 409, 409);
        assertRefused(post(list, "&to=" + now.plus(Duration.ofDays(30 * 13))), 409, 409);
        assertRefused(post(list, "&from=" + now.plus(Duration.ofDays(60)) + "&to=" + now), 400, 400);
    }

    @Test
    void onlyOfficersStartJobsAndFetchBundles() {
        assertRefused(kms.admin("operator").postList("/bundle-jobs?reason=test", "sip:a@example.org\n"), 403, 4035);
        String job = start(List.of("sip:a@example.org"), 1);
        assertThat(kms.admin("auditor").get("/bundle-jobs/" + job).status()).isEqualTo(200);
        assertRefused(kms.admin("auditor").get("/bundle-jobs/" + job + "/archive"), 403, 4035);
    }

    private Reply post(String list, String query) {
        return kms.officer().postList("/bundle-jobs?reason=test" + query, list);
    }

    private String start(List<String> lines, int periods) {
        Instant last = Instant.now().plus(Duration.ofDays(30L * (periods - 1)));
        String query = "?reason=" + URLEncoder.encode("new radios", StandardCharsets.UTF_8) + "&to=" + last;
        Reply reply = kms.officer().postList("/bundle-jobs" + query, String.join("\n", lines));
        return AdminFace.object(reply).getString("id");
    }

    private JsonObject job(String id) {
        return AdminFace.object(kms.officer().get("/bundle-jobs/" + id));
    }

    private List<String> failures(String job) {
        return AdminFace.array(kms.officer().get("/bundle-jobs/" + job + "/items?state=failed"), "items").stream()
                .map(Object::toString)
                .toList();
    }

    private List<Path> filesOf(String job) throws IOException {
        try (Stream<Path> files = Files.walk(kms.home().dir().resolve("bundles").resolve(job))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void assertRefused(Reply reply, int status, int code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(AdminFace.error(reply).getInt("code")).isEqualTo(code);
    }
}
