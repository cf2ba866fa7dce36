package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.KeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.RootCertificate;
import org.mckms.it.support.SteadyClients;
import org.mckms.it.support.SteadyClients.Answered;

/** The keys change with the time while clients ask for them: at the end of a key period, and with a new root key. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PeriodChangeIT {
    private static final int PERIOD_SECONDS = 60;
    private static final Duration LEAD = Duration.ofSeconds(6);

    private static Kms kms;
    private static RootCertificate first;

    @BeforeAll
    static void start() {
        kms = Kms.start(KmsHome.make("periods"), Map.of("origin", "derived", "userKeyPeriod", PERIOD_SECONDS));
        first = kms.rootCertificate();
    }

    @AfterAll
    static void stop() {
        kms.close();
    }

    private static void waitUntil(Instant time) {
        Duration left = Duration.between(Instant.now(), time);
        try {
            new CountDownLatch(1).await(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Collection<Answered> underLoad(Instant until, String name) {
        try (SteadyClients clients = SteadyClients.of(kms, 4, name)) {
            waitUntil(until);
            Collection<Answered> answers = clients.stop();
            assertThat(answers).hasSizeGreaterThan(7).allSatisfy(answer -> assertThat(answer.status())
                    .as(answer.toString())
                    .isEqualTo(200));
            return answers;
        }
    }

    @Test
    @Order(1)
    void atTheEndOfAPeriodEveryRequestGetsTheKeysOfItsMoment() {
        Instant boundary = first.startOf(first.periodAt(Instant.now().plus(LEAD)) + 1);
        waitUntil(boundary.minus(LEAD));

        Collection<Answered> answers = underLoad(boundary.plus(LEAD), "roll");

        for (Answered answer : answers) {
            assertThat(KeySet.onlyOf(answer.reply()).period())
                    .isBetween(first.periodAt(answer.asked()), first.periodAt(answer.ended()));
        }
        Set<Long> periods = answers.stream()
                .map(answer -> KeySet.onlyOf(answer.reply()).period())
                .collect(Collectors.toSet());
        assertThat(periods).containsExactlyInAnyOrder(first.periodAt(boundary) - 1, first.periodAt(boundary));
    }

    @Test
    @Order(2)
    void aSecondEpochGoesLiveBesideTheFirst() {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(LEAD);
        kms.createEpoch(Map.of(
                "origin",
                "derived",
                "certUri",
                "cert2." + kms.kmsUri(),
                "validFrom",
                begin.toString(),
                "userKeyPeriod",
                2_592_000));
        assertThat(kms.rootCertificate()).isEqualTo(first);

        Collection<Answered> answers = underLoad(begin.plus(LEAD), "epochs");

        RootCertificate second = kms.rootCertificate();
        assertThat(second.kpak()).isNotEqualTo(first.kpak());
        for (Answered answer : answers) {
            List<KeySet> keys = KeySet.allOf(answer.reply());
            if (answer.ended().isBefore(begin)) {
                assertThat(keys).hasSize(1);
            }
            if (!answer.asked().isBefore(begin)) {
                assertThat(keys).as("the newest epoch last").hasSize(2);
                assertThat(keys.get(1).period()).isEqualTo(second.periodAt(answer.asked()));
            }
            keys.get(0).assertHoldsUnder(first);
        }
        List<KeySet> both = KeySet.allOf(kms.csc().post("/keyprov", kms.idm().user("sip:both@example.org")));
        both.get(0).assertHoldsUnder(first);
        both.get(1).assertHoldsUnder(second);
    }

    @Test
    @Order(3)
    void theOldEpochRetiresWithoutARequestRefused() {
        JsonObject old = AdminFace.array(kms.officer().get("/epochs"), "epochs").getValuesAs(JsonObject.class).stream()
                .filter(epoch -> epoch.getString("certUri").startsWith("cert1."))
                .findFirst()
                .orElseThrow();
        try (SteadyClients clients = SteadyClients.of(kms, 4, "retire")) {
            Instant begin = Instant.now();
            clients.awaitKeys(begin, Duration.ofSeconds(20));
            AdminFace.object(kms.officer().post("/epochs/" + old.getString("id") + "/retire", Map.of()));
            clients.awaitKeys(Instant.now(), Duration.ofSeconds(20));
            assertThat(clients.stop())
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.toString()).isEqualTo(200));
        }

        KeySet keys = KeySet.onlyOf(kms.csc().post("/keyprov", kms.idm().user("sip:both@example.org")));

        keys.assertHoldsUnder(kms.rootCertificate());
    }
}
