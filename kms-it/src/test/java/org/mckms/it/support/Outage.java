package org.mckms.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.mckms.it.support.SteadyClients.Answered;

/**
 * Something the server needs is away for a while, under load: whoever asks is told so in time, the server comes back by
 * itself, and whatever was given out is in the audit trail. The system property {@code kms.it.outage} says for how many
 * seconds.
 *
 * @param unnoticed how long requests that do not need what is away may still be served: zero where all need it
 */
public record Outage(Runnable begin, Runnable end, Duration unnoticed) {
    /** How long the outages last that are to last long. */
    public static final Duration LONG = Duration.ofSeconds(Integer.getInteger("kms.it.outage", 60));

    /** From a request, or from the beginning of the outage that it met, to its 503. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    /** From the return of what was away to the first keys. */
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(30);

    private static final int USERS = 12;

    /** A database that is away: no request goes without it. */
    public static Outage ofDatabase(Runnable begin, Runnable end) {
        return new Outage(begin, end, Duration.ZERO);
    }

    /**
     * A token that is away. Who was served before needs it no more while the masters rest in memory, until it counts as lost:
     * when probes, half a second apart, have failed for two seconds.
     */
    public static Outage ofToken(Runnable begin, Runnable end) {
        return new Outage(begin, end, Duration.ofSeconds(3));
    }

    /** Lets it happen and asserts all of that. */
    public void endure(Kms kms, String name, Duration length) {
        try (SteadyClients clients = SteadyClients.of(kms, USERS, name)) {
            clients.awaitKeys(Instant.now(), RECOVERY_LIMIT);
            Instant gone = Instant.now();
            begin.run();
            Instant surelyNoticed = Instant.now().plus(unnoticed);
            LockSupport.parkNanos(length.toNanos());
            Instant back = Instant.now();
            end.run();
            clients.awaitKeys(back, RECOVERY_LIMIT);
            Collection<Answered> all = clients.stop();

            List<Answered> during = clients.since(gone);
            assertThat(during).allSatisfy(answer -> assertInTime(answer, gone));
            assertThat(during)
                    .filteredOn(answer -> answer.asked().isAfter(surelyNoticed)
                            && answer.ended().isBefore(back))
                    .as("asked and answered during the outage")
                    .hasSizeGreaterThanOrEqualTo(USERS)
                    .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(503));
            assertNothingLost(kms, all);
        }
    }

    private static void assertInTime(Answered answer, Instant gone) {
        Instant waitsSince = answer.asked().isAfter(gone) ? answer.asked() : gone;
        assertThat(Duration.between(waitsSince, answer.ended()))
                .as(answer.toString())
                .isLessThan(ANSWER_LIMIT);
        assertThat(answer.status()).as(answer.toString()).isIn(200, 503);
        if (answer.status() == 503) {
            assertThat(answer.reply().text()).doesNotContain("UserDecryptKey").doesNotContain("Exception");
            assertThat(answer.reply().header("Retry-After")).isPresent();
        }
    }

    /** Asserts that the audit trail is whole, and that everybody who was answered with keys is in it. */
    private static void assertNothingLost(Kms kms, Collection<Answered> answers) {
        ExportedTrail trail = ExportedTrail.of(kms);
        assertThat(trail.verify().firstFault()).isEmpty();
        List<String> provisioned = trail.records()
                .lines()
                .filter(line -> line.contains("\"KEYS_PROVISIONED\""))
                .toList();
        Map<String, Long> given = answers.stream()
                .filter(answer -> answer.status() == 200)
                .collect(Collectors.groupingBy(Answered::user, Collectors.counting()));
        given.forEach((user, times) -> assertThat(provisioned)
                .as(user)
                .filteredOn(line -> line.contains(user))
                .hasSizeGreaterThanOrEqualTo(times.intValue()));
    }
}
