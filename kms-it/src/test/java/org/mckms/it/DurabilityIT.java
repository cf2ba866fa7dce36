package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.ExportedTrail;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsServer;

/**
 * Whatever a client has been given is in the audit trail, even if the server dies right after the answer. The system
 * property {@code kms.it.kills} says how often it dies; the profile {@code thorough} makes it a hundred times.
 */
class DurabilityIT {
    private static final int KILLS = Integer.getInteger("kms.it.kills", 5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(45);
    private static final int USERS = 4;

    @Test
    void everyAnswerSurvivesAKillRightAfterIt() {
        Random random = new Random(20_261_121);
        List<String> answered = new ArrayList<>();
        Kms kms = Kms.start("durability");
        try {
            for (int round = 0; round < KILLS; round++) {
                answered.addAll(answeredBeforeKill(kms, round, random.nextLong(LONGEST_PAUSE.toNanos())));

                kms = Kms.restart(kms.home(), KmsServer.Variant.AS_BUILT);
                assertTrailHas(kms, answered);
            }
        } finally {
            kms.close();
        }
        assertThat(answered).hasSizeGreaterThanOrEqualTo(KILLS);
    }

    /** Some users ask at once; the server dies shortly after the first answer. Returns whoever got an answer. */
    private static List<String> answeredBeforeKill(Kms kms, int round, long pauseNanos) {
        ExecutorService clients = Executors.newFixedThreadPool(USERS);
        try {
            CountDownLatch first = new CountDownLatch(1);
            Map<String, Future<Boolean>> asked = new TreeMap<>();
            for (int i = 0; i < USERS; i++) {
                String user = "sip:round" + round + "-user" + i + "@example.org";
                String token = kms.idm().user(user);
                asked.put(user, clients.submit(() -> {
                    boolean keys = KeySet.onlyOf(kms.csc().post("/keyprov", token))
                            .userUri()
                            .equals(user);
                    first.countDown();
                    return keys;
                }));
            }
            assertThat(first.await(60, TimeUnit.SECONDS)).as("a first answer").isTrue();
            LockSupport.parkNanos(pauseNanos);
            kms.server().kill();
            return asked.keySet().stream()
                    .filter(user -> hasKeys(asked.get(user)))
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            clients.shutdownNow();
        }
    }

    /** A request that the kill has cut off ends in an error: nothing was promised to that user. */
    private static boolean hasKeys(Future<Boolean> answer) {
        try {
            return answer.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException cutOff) {
            return false;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("a request neither answered nor cut off", e);
        }
    }

    private static void assertTrailHas(Kms kms, List<String> answered) {
        ExportedTrail trail = ExportedTrail.of(kms);
        List<String> provisioned = trail.records()
                .lines()
                .filter(line -> line.contains("\"KEYS_PROVISIONED\""))
                .toList();

        assertThat(trail.verify().firstFault()).isEmpty();
        for (String user : answered) {
            assertThat(provisioned)
                    .as(user)
                    .filteredOn(line -> line.contains(user))
                    .hasSize(1);
        }
    }
}
