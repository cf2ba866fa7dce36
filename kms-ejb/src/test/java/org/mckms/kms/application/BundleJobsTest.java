package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.BOB;
import static org.mckms.kms.application.ServerRig.GMS;
import static org.mckms.kms.application.ServerRig.OFFICER;
import static org.mckms.kms.application.ServerRig.OPERATOR;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.kms.application.UnsureTransactions.Fate;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleJob;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleJobState;
import org.mckms.kms.domain.BundleProgress;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.security.ClientKeys;

class BundleJobsTest {

    @TempDir
    Path folder;

    private RegistrationRig rig;

    @BeforeEach
    void open() {
        rig = new RegistrationRig(folder);
        rig.importKeys(ALICE);
        rig.importKeys(BOB);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private BundleProgress progress(BundleJobId job) {
        return rig.jobs.show(OFFICER, job).progress();
    }

    private BundleJobState state(BundleJobId job) {
        return rig.jobs.show(OFFICER, job).job().state();
    }

    private List<AuditNote> notes(AuditEvent event) {
        return rig.server.audit.notes().stream()
                .filter(note -> note.event() == event)
                .toList();
    }

    private ProvisioningBundle bundle(BundleJobId job, int number) {
        return ProvisioningBundles.open(
                rig.jobs.bundle(OFFICER, job, number),
                Optional.of(TokenBundleSigner.of(rig.server.vault).certificate()));
    }

    private static ReceivedResponse received(ProvisioningBundle bundle) {
        try (ClientKeys keys = RegistrationRig.keysOf(bundle.userUri())) {
            return KmsResponseCodec.read(bundle.keyProvResponse().toByteArray(), ReceivingKeys.of(keys));
        }
    }

    @Test
    void makesAWrappedAndSignedBundleForEachUserAndEnds() {
        BundleJobId job = rig.start(ALICE, BOB);
        assertThat(state(job)).isEqualTo(BundleJobState.RUNNING);

        rig.work.run();

        assertThat(state(job)).isEqualTo(BundleJobState.FINISHED);
        assertThat(progress(job)).extracting("open", "done", "failed").containsExactly(0, 2, 0);
        ProvisioningBundle bundle = bundle(job, 2);
        assertThat(bundle.userUri()).isEqualTo(BOB);
        try (ReceivedResponse answer = received(bundle)) {
            assertThat(answer.keysWereWrapped()).isTrue();
            KmsKeyProv keyProv = (KmsKeyProv) answer.response().message().orElseThrow();
            assertThat(keyProv.keySets()).extracting(KmsKeySet::userUri).containsExactly(BOB);
        }
        assertThat(notes(AuditEvent.BUNDLE_MADE)).extracting(AuditNote::subject).containsExactly(ALICE, BOB);
        assertThat(notes(AuditEvent.BUNDLE_JOB_FINISHED).get(0).details())
                .containsEntry("done", "2")
                .containsEntry("failed", "0");
    }

    @Test
    void userIsRegisteredAndTheIssuanceRecorded() {
        BundleJobId job = rig.start(ALICE);
        rig.work.run();

        assertThat(rig.server.operatorsIdentities.show(OFFICER, ALICE).registeredAt())
                .isPresent();
        assertThat(rig.server.transactions.inNew(
                        () -> rig.server.repositories.issuances().existFor(ALICE)))
                .isTrue();
        assertThat(state(job)).isEqualTo(BundleJobState.FINISHED);
    }

    @Test
    void usersWithoutWhatItTakesFailAloneAndSayWhy() {
        String late = "sip:late@example.org";
        rig.importKeys(late);
        rig.server.time.pass(Duration.ofHours(23));
        rig.importKeys(ALICE);
        rig.server.time.pass(Duration.ofHours(2));
        rig.server.operatorsIdentities.block(OPERATOR, BOB, "stolen");

        BundleJobId job = rig.start(ALICE, BOB, late, "sip:nobody@example.org", GMS, ALICE + ",other radio");
        rig.work.run();

        Map<String, String> failures = new TreeMap<>();
        for (BundleItem item : rig.jobs.items(OFFICER, job, 1, 10, Optional.empty())) {
            failures.put(
                    item.userUri() + item.device().orElse(""),
                    item.failure().orElseThrow().split(":")[0]);
        }
        assertThat(failures)
                .containsEntry(BOB, "IDENTITY_BLOCKED")
                .containsEntry(late, "REGISTRATION_EXPIRED")
                .containsEntry("sip:nobody@example.org", "TRANSPORT_KEY_REQUIRED")
                .containsEntry(GMS, "FORBIDDEN_IDENTITY")
                .containsEntry(ALICE + "other radio", "TRANSPORT_KEY_REQUIRED");
        assertThat(progress(job)).extracting("open", "done", "failed").containsExactly(0, 1, 5);
        assertThat(state(job)).isEqualTo(BundleJobState.FINISHED);
    }

    @Test
    void userNamedTwiceGetsOneBundle() {
        BundleJobId job = rig.start(ALICE, BOB, ALICE, ALICE + ",default", BOB);

        BundleJob started = rig.jobs.show(OFFICER, job).job();

        assertThat(started.total()).isEqualTo(3);
        assertThat(started.folded()).isEqualTo(2);
    }

    @Test
    void batchThatWasNotCommittedIsMadeAgainWithTheSameKeys() {
        BundleJobId job = rig.start(ALICE, BOB);
        rig.server.committing.through(new UnsureTransactions(rig.server.transactions, Fate.ROLLED_BACK));
        rig.work.run();
        assertThat(progress(job)).extracting("open", "done").containsExactly(2, 0);
        byte[] lost = read(job, 1);

        rig.server.committing.through(rig.server.transactions);
        rig.work.run();

        assertThat(progress(job)).extracting("open", "done").containsExactly(0, 2);
        try (ReceivedResponse before = received(ProvisioningBundles.open(lost, Optional.empty()));
                ReceivedResponse after = received(bundle(job, 1))) {
            assertThat(pvt(after)).isEqualTo(pvt(before));
        }
        assertThat(filesOf(job)).hasSize(2);
    }

    private static Object pvt(ReceivedResponse response) {
        return ((KmsKeyProv) response.response().message().orElseThrow())
                .keySets()
                .get(0)
                .pvt();
    }

    private byte[] read(BundleJobId job, int number) {
        try (InputStream in = rig.files.read(job, number)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> filesOf(BundleJobId job) {
        try (Stream<Path> files = Files.walk(folder.resolve(job.toString()))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsMadeWithoutAnAuditRecord() {
        BundleJobId job = rig.start(ALICE);
        rig.server.audit.available(false);

        rig.work.run();

        assertThat(progress(job)).extracting("open", "done", "failed").containsExactly(1, 0, 0);
    }

    @Test
    void nothingIsMadeWhileTheVaultIsShut() {
        BundleJobId job = rig.start(ALICE);
        rig.server.vault.deactivate("test");

        rig.work.run();

        assertThat(rig.server.transactions.inNew(() -> rig.items.progress(job)).open())
                .isEqualTo(1);
    }

    @Test
    void nothingIsOpenWhereNoJobRunsOrTheVaultIsShut() {
        assertThat(rig.bundleWork.isOpen()).isFalse();
        BundleJobId first = rig.start(ALICE);
        assertThat(rig.bundleWork.isOpen()).isTrue();
        rig.work.run();
        assertThat(state(first)).isEqualTo(BundleJobState.FINISHED);
        assertThat(rig.bundleWork.isOpen()).isFalse();

        rig.start(BOB);
        rig.server.vault.deactivate("test");

        assertThat(rig.bundleWork.isOpen()).isFalse();
    }

    @Test
    void jobThatCannotGoOnIsNotOpenUntilItIsTriedAgain() {
        rig.start(ALICE);
        rig.server.database.tamper("UPDATE kms_bundle_job SET last_period = last_period + 5");
        rig.work.run();

        assertThat(rig.bundleWork.isOpen()).isFalse();
        rig.server.time.pass(Duration.ofMinutes(1));
        assertThat(rig.bundleWork.isOpen()).isTrue();
    }

    @Test
    void jobThatWasChangedInTheDatabaseStopsAndStopsNobodyElse() {
        BundleJobId tampered = rig.start(ALICE);
        rig.server.database.tamper("UPDATE kms_bundle_job SET last_period = last_period + 5");
        BundleJobId good = rig.start(BOB);

        rig.work.run();
        rig.work.run();

        assertThat(state(good)).isEqualTo(BundleJobState.FINISHED);
        refuses(KmsErrorCode.INTERNAL, () -> rig.jobs.show(OFFICER, tampered));
        assertThat(rig.server
                        .transactions
                        .inNew(() -> rig.items.progress(tampered))
                        .open())
                .isEqualTo(1);
    }

    @Test
    void itemBeyondTheListThatWasOrderedFails() {
        BundleJobId job = rig.start(ALICE);
        rig.server.database.tamper("INSERT INTO kms_bundle_item (job_id, item_no, user_uri, device, state) VALUES ('"
                + job + "', 2, '" + BOB + "', '', 'OPEN')");

        rig.work.run();

        assertThat(progress(job)).extracting("done", "failed").containsExactly(1, 1);
        assertThat(notes(AuditEvent.BUNDLE_MADE)).extracting(AuditNote::subject).containsExactly(ALICE);
    }

    @Test
    void cancelledJobIsLeftAlone() {
        BundleJobId job = rig.start(ALICE);
        refuses(KmsErrorCode.JOB_NOT_FINISHED, () -> rig.jobs.checkArchive(OFFICER, job));
        refuses(KmsErrorCode.JOB_NOT_FINISHED, () -> rig.jobs.remove(OFFICER, job));

        rig.jobs.cancel(OFFICER, job);
        rig.work.run();

        assertThat(progress(job)).extracting("open", "done").containsExactly(1, 0);
        assertThat(notes(AuditEvent.BUNDLE_JOB_CANCELLED)).hasSize(1);
        refuses(KmsErrorCode.CONFLICT, () -> rig.jobs.cancel(OFFICER, job));
    }

    @Test
    void archiveHoldsEveryBundleAndTellsOfEveryUser() throws IOException {
        BundleJobId job = rig.start(ALICE, "sip:nobody@example.org", BOB);
        rig.work.run();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        rig.jobs.archive(OFFICER, job, out);

        List<String> names = new ArrayList<>();
        String items = "";
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                items = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        assertThat(names)
                .containsExactly(
                        "000001-sip_alice_example.org.bundle", "000003-sip_bob_example.org.bundle", "items.csv");
        assertThat(items.lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("2,\"sip:nobody@example.org\",\"\",FAILED,,"));
    }

    @Test
    void fileThatWasExchangedIsNotHandedOut() throws IOException {
        BundleJobId job = rig.start(ALICE, BOB);
        rig.work.run();
        List<Path> files = filesOf(job).stream().sorted().toList();
        Files.copy(files.get(1), files.get(0), StandardCopyOption.REPLACE_EXISTING);

        refuses(KmsErrorCode.BUNDLE_STORE_UNAVAILABLE, () -> rig.jobs.bundle(OFFICER, job, 1));
        refuses(
                KmsErrorCode.BUNDLE_STORE_UNAVAILABLE,
                () -> rig.jobs.archive(OFFICER, job, new ByteArrayOutputStream()));
    }

    @Test
    void removedJobLeavesNoFile() {
        BundleJobId job = rig.start(ALICE);
        rig.work.run();

        rig.jobs.remove(OFFICER, job);

        assertThat(folder.resolve(job.toString())).doesNotExist();
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.jobs.show(OFFICER, job));
    }

    @Test
    void listThatWasCutOffLeavesNoJob() {
        refuses(KmsErrorCode.MALFORMED_REQUEST, () -> rig.start(ALICE, "no uri"));

        assertThat(rig.jobs.list(OFFICER, 10)).isEmpty();
        assertThat(rig.server.database.dump()).doesNotContain("INSERT INTO \"PUBLIC\".\"KMS_BUNDLE_ITEM\"");
    }

    @Test
    void listThatANodeLeftBehindIsForgottenAfterAnHour() {
        BundleJobId job = rig.start(ALICE);
        rig.server.transactions.runInNew(() -> {
            BundleJob running = rig.register.get(job);
            rig.register.change(BundleJob.loading(job, OFFICER, "cut off", running.span(), running.startedAt()));
        });
        rig.bundleWork.sweep();
        assertThat(state(job)).isEqualTo(BundleJobState.LOADING);

        rig.server.time.pass(Duration.ofMinutes(61));
        rig.bundleWork.sweep();

        refuses(KmsErrorCode.NOT_FOUND, () -> rig.jobs.show(OFFICER, job));
    }

    @Test
    void rolesAreAskedFor() {
        BundleJobId job = rig.start(ALICE);
        BundleOrder order = new BundleOrder(Optional.empty(), Optional.empty(), "mine");
        refuses(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                () -> rig.jobs.start(OPERATOR, order, InputStream.nullInputStream()));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.jobs.cancel(OPERATOR, job));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.jobs.bundle(OPERATOR, job, 1));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.jobs.checkArchive(OPERATOR, job));
        refuses(KmsErrorCode.OPERATOR_ROLE_REQUIRED, () -> rig.jobs.remove(OPERATOR, job));
    }
}
