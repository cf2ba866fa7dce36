package org.mckms.kms.infrastructure.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleItems;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;

/** Nodes that work on one job share its items by the locks of their transactions. */
class BundleClaimsTest {

    private static final BundleJobId JOB = new BundleJobId(new UUID(0, 1));
    private static final Octets SHA256 = Octets.fromHex("AB".repeat(32));

    private final TestDatabase database = TestDatabase.migrated();
    private final TestPersistence transactions = TestPersistence.over(database);
    private final BundleItems items = new TestRepositories(transactions.entities()).bundleItems();
    private final ExecutorService otherNode = Executors.newSingleThreadExecutor();

    @BeforeEach
    void fill() {
        transactions.runInNew(() -> {
            for (int i = 1; i <= 10; i++) {
                assertThat(items.add(JOB, i, "sip:user" + i + "@example.org", Optional.empty()))
                        .isTrue();
            }
        });
    }

    @AfterEach
    void close() {
        otherNode.shutdownNow();
        transactions.close();
        database.close();
    }

    private List<Integer> claim(int most) {
        return items.claim(JOB, most).stream().map(BundleItem::number).toList();
    }

    @Test
    void whatOneTransactionHoldsAnotherPassesOver() throws Exception {
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<List<Integer>> other = otherNode.submit(() -> transactions.inNew(() -> {
            List<Integer> numbers = claim(4);
            claimed.countDown();
            await(mayEnd);
            return numbers;
        }));
        await(claimed);

        List<Integer> mine = transactions.inNew(() -> claim(4));
        List<Integer> rest = transactions.inNew(() -> claim(100));
        mayEnd.countDown();

        assertThat(other.get(30, TimeUnit.SECONDS)).containsExactly(1, 2, 3, 4);
        assertThat(mine).containsExactly(5, 6, 7, 8);
        assertThat(rest).containsExactly(5, 6, 7, 8, 9, 10);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasClaimedAndNotCommittedIsOpenAgain() {
        assertThatThrownBy(() -> transactions.inNew(() -> {
                    claim(3).forEach(number -> items.done(JOB, number, SHA256, Instant.EPOCH));
                    throw new IllegalStateException("the node dies");
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(transactions.inNew(() -> claim(3))).containsExactly(1, 2, 3);
    }

    @Test
    void whatIsDoneOrHasFailedIsNotClaimedAgain() {
        transactions.runInNew(() -> {
            items.done(JOB, 1, SHA256, Instant.EPOCH);
            items.failed(JOB, 2, "IDENTITY_BLOCKED: gone", Instant.EPOCH.plusSeconds(1));
        });

        assertThat(transactions.inNew(() -> claim(2))).containsExactly(3, 4);
        assertThat(transactions.inNew(() -> items.progress(JOB)))
                .extracting("open", "done", "failed", "newest")
                .containsExactly(8, 1, 1, Optional.of(Instant.EPOCH.plusSeconds(1)));
    }

    @Test
    void userAndDeviceAreThereOnce() {
        transactions.runInNew(() -> {
            assertThat(items.add(JOB, 11, "sip:user1@example.org", Optional.empty()))
                    .isFalse();
            assertThat(items.add(JOB, 11, "sip:user1@example.org", Optional.of("radio")))
                    .isTrue();
        });
    }
}
