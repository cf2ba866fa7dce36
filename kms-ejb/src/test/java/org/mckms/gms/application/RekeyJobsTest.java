package org.mckms.gms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.gms.application.GroupRig.GROUP;
import static org.mckms.gms.application.GroupRig.OWNER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.domain.JobState;
import org.mckms.gms.domain.MessageState;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class RekeyJobsTest {

    private static final int PART = RekeyJobRegister.MEMBERS_PER_PART;
    private static final int MEMBERS = 5 * PART + 7;

    private final GroupRig rig = new GroupRig();
    private final ExecutorService otherNode = Executors.newFixedThreadPool(3);

    @AfterEach
    void close() {
        otherNode.shutdownNow();
        rig.close();
    }

    private static void refuses(KmsErrorCode code, Runnable act) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(act::run).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private UUID newestJob() {
        return rig.jobs.ofGroup(OWNER, GROUP, 1).get(0).job().id();
    }

    private RekeyJobView job() {
        return rig.jobs.show(OWNER, newestJob());
    }

    /** How many messages there are of each key of the group. */
    private List<Integer> messages() {
        return rig.keyIds().stream().map(this::messages).toList();
    }

    private int messages(KeyIdentifier key) {
        return rig.transactions.inNew(() -> rig.rows.messages().count(key).values().stream()
                .mapToInt(Integer::intValue)
                .sum());
    }

    @Test
    void theFirstMembersAreServedAtOnceAndTheOthersByTheWorkers() {
        rig.createLarge(MEMBERS);
        assertThat(job().job().state()).isEqualTo(JobState.RUNNING);
        assertThat(job().progress().done()).isEqualTo(PART);
        assertThat(messages()).containsExactly(PART, PART);
        rig.time.pass(Duration.ofSeconds(2));
        assertThat(job().rate().orElseThrow()).isEqualTo(PART / 2.0);
        assertThat(job().timeLeft()).contains(Duration.ofMillis(Math.round((MEMBERS - PART) * 2000.0 / PART)));

        rig.work.run();

        assertThat(job().job().state()).isEqualTo(JobState.FINISHED);
        assertThat(job().progress().done()).isEqualTo(MEMBERS);
        assertThat(job().timeLeft()).contains(Duration.ZERO);
        assertThat(messages()).containsExactly(MEMBERS, MEMBERS);
        assertThat(rig.making.batches).allMatch(size -> size <= PART);
        assertThat(rig.audit.last().event()).isEqualTo(AuditEvent.REKEY_JOB_FINISHED);
        assertThat(rig.audit.last().details()).containsEntry("done", Integer.toString(MEMBERS));
    }

    @Test
    void workersShareTheParts() throws Exception {
        rig.createLarge(MEMBERS);

        List<Future<?>> workers = IntStream.range(0, 3)
                .<Future<?>>mapToObj(i -> otherNode.submit(rig.work::run))
                .toList();
        for (Future<?> worker : workers) {
            worker.get(60, TimeUnit.SECONDS);
        }
        rig.work.run();

        assertThat(job().job().state()).isEqualTo(JobState.FINISHED);
        assertThat(messages()).containsExactly(MEMBERS, MEMBERS);
        assertThat(rig.making.batches.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(2 * MEMBERS);
        assertThat(rig.audit.events().stream()
                        .filter(AuditEvent.REKEY_JOB_FINISHED::equals)
                        .count())
                .isOne();
    }

    @Test
    void aPartThatDidNotCommitIsMadeAgainOnce() {
        rig.createLarge(MEMBERS);
        AtomicInteger calls = new AtomicInteger();
        rig.making.meanwhile = () -> {
            if (calls.incrementAndGet() == 2) {
                throw new IllegalStateException("the node dies between two keys");
            }
        };

        rig.work.run();
        rig.time.pass(Duration.ofMinutes(2));
        rig.work.run();

        assertThat(job().job().state()).isEqualTo(JobState.FINISHED);
        assertThat(messages()).containsExactly(MEMBERS, MEMBERS);
    }

    @Test
    void aFaultOfOneMemberDoesNotKeepTheOthersWaiting() {
        rig.createLarge(MEMBERS);
        rig.making.faulty = Optional.of(GroupRig.user(PART + 5));

        rig.work.run();

        assertThat(job().job().state()).isEqualTo(JobState.RUNNING);
        assertThat(job().progress().done()).isEqualTo(MEMBERS - PART);
        rig.making.faulty = Optional.empty();
        rig.work.run();
        assertThat(job().job().state()).isEqualTo(JobState.RUNNING);
        rig.time.pass(Duration.ofMinutes(1));
        rig.work.run();
        assertThat(job().job().state()).isEqualTo(JobState.FINISHED);
        assertThat(messages()).containsExactly(MEMBERS, MEMBERS);
    }

    @Test
    void nothingIsOpenWhereNoJobRuns() {
        assertThat(rig.rekeyWork.isOpen()).isFalse();
        rig.createLarge(MEMBERS);
        assertThat(rig.rekeyWork.isOpen()).isTrue();
        rig.jobs.pause(OWNER, newestJob());
        assertThat(rig.rekeyWork.isOpen()).isFalse();
        rig.jobs.resume(OWNER, newestJob());
        assertThat(rig.rekeyWork.isOpen()).isTrue();

        rig.work.run();

        assertThat(rig.rekeyWork.isOpen()).isFalse();
    }

    @Test
    void whatAnotherWorkerHoldsIsOpenAndNotToBeHad() throws Exception {
        rig.createLarge(2 * PART);
        CountDownLatch inThePart = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        rig.making.meanwhile = () -> {
            inThePart.countDown();
            await(looked);
        };
        Future<?> worker = otherNode.submit(rig.work::run);
        await(inThePart);

        assertThat(rig.rekeyWork.step()).isFalse();
        assertThat(rig.rekeyWork.isOpen()).isTrue();

        looked.countDown();
        worker.get(60, TimeUnit.SECONDS);
        assertThat(rig.rekeyWork.isOpen()).isFalse();
    }

    @Test
    void aPartThatCannotBeMadeIsNotOpenUntilItIsTriedAgain() {
        rig.createLarge(MEMBERS);
        rig.making.faulty = Optional.of(GroupRig.user(PART + 5));
        rig.work.run();
        assertThat(job().job().state()).isEqualTo(JobState.RUNNING);

        assertThat(rig.rekeyWork.isOpen()).isFalse();
        rig.time.pass(Duration.ofMinutes(1));
        assertThat(rig.rekeyWork.isOpen()).isTrue();
    }

    @Test
    void aPausedJobRestsAndGoesOn() {
        rig.createLarge(MEMBERS);

        rig.jobs.pause(OWNER, newestJob());
        rig.jobs.pause(OWNER, newestJob());
        rig.work.run();
        assertThat(job().job().state()).isEqualTo(JobState.PAUSED);
        assertThat(messages()).containsExactly(PART, PART);

        rig.jobs.resume(OWNER, newestJob());
        rig.work.run();
        assertThat(job().job().state()).isEqualTo(JobState.FINISHED);
        assertThat(rig.audit.events())
                .containsOnlyOnce(AuditEvent.REKEY_JOB_PAUSED)
                .containsOnlyOnce(AuditEvent.REKEY_JOB_RESUMED);
        refuses(KmsErrorCode.CONFLICT, () -> rig.jobs.pause(OWNER, newestJob()));
        refuses(KmsErrorCode.CONFLICT, () -> rig.jobs.resume(OWNER, newestJob()));
        refuses(KmsErrorCode.CONFLICT, () -> rig.jobs.cancel(OWNER, newestJob()));
    }

    @Test
    void aCancelledJobLeavesWhatWasMadeAndTheOthersGetTheirsWhenTheyAsk() {
        rig.createLarge(MEMBERS);

        rig.jobs.cancel(OWNER, newestJob());
        rig.work.run();

        assertThat(job().job().state()).isEqualTo(JobState.CANCELLED);
        assertThat(messages()).containsExactly(PART, PART);
        assertThat(GroupRig.transports(rig.fetch(GroupRig.user(MEMBERS)))).hasSize(2);
        assertThat(rig.audit.events()).contains(AuditEvent.REKEY_JOB_CANCELLED);
    }

    @Test
    void newerKeysMakeAJobPointless() {
        rig.createLarge(MEMBERS);
        List<KeyIdentifier> former = rig.keyIds();
        UUID first = newestJob();
        rig.time.pass(Duration.ofSeconds(1));
        rig.memberships.remove(OWNER, GROUP, Set.of(GroupRig.user(MEMBERS)));
        assertThat(rig.making.batches.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(4 * PART);

        rig.work.run();

        assertThat(rig.jobs.show(OWNER, first).job().state()).isEqualTo(JobState.CANCELLED);
        assertThat(job().job().state()).isEqualTo(JobState.FINISHED);
        assertThat(messages(former.get(0))).isEqualTo(PART);
        assertThat(messages()).containsExactly(MEMBERS - 1, MEMBERS - 1);
    }

    @Test
    void jobsOfOthersDoNotExistButOperatorsSeeThemAll() {
        rig.createLarge(MEMBERS);
        UUID id = newestJob();
        GroupCaller stranger = GroupRig.caller("sip:mallory@example.org");
        GroupOperator operator = new GroupOperator("peter");

        refuses(KmsErrorCode.NOT_FOUND, () -> rig.jobs.show(stranger, id));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.jobs.pause(stranger, id));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.jobs.cancel(stranger, id));
        refuses(KmsErrorCode.NOT_FOUND, () -> rig.jobs.show(OWNER, new UUID(1, 2)));
        assertThat(rig.supervision.jobs(operator, 10)).hasSize(1);
        assertThat(rig.supervision.groups(operator, Optional.empty(), 10)).hasSize(1);
        assertThat(rig.supervision.pause(operator, id).job().state()).isEqualTo(JobState.PAUSED);
        assertThat(rig.audit.last().actor()).isEqualTo("operator:peter");
    }

    @Test
    void aMemberWhoFetchesWhileItsPartIsMadeHasOneMessagePerKey() throws Exception {
        rig.createLarge(2 * PART);
        String user = GroupRig.user(PART + 1);
        CountDownLatch inThePart = new CountDownLatch(1);
        CountDownLatch fetched = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        rig.making.meanwhile = () -> {
            if (calls.getAndIncrement() == 0) {
                inThePart.countDown();
                await(fetched);
            }
        };
        Future<?> worker = otherNode.submit(rig.work::run);
        await(inThePart);

        assertThat(GroupRig.transports(rig.fetch(user))).hasSize(2);
        fetched.countDown();
        worker.get(60, TimeUnit.SECONDS);
        rig.work.run();

        assertThat(job().job().state()).isEqualTo(JobState.FINISHED);
        assertThat(messages()).containsExactly(2 * PART, 2 * PART);
        assertThat(rig.memberships.find(OWNER, GROUP, user).keys())
                .extracting(MemberView.KeyState::state)
                .containsOnly(MessageState.DELIVERED);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
