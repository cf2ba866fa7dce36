package org.mckms.gms.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a job has come.
 *
 * @param total   members it is for
 * @param done    members whose messages are stored, or who left meanwhile
 * @param waiting of those done, members whose messages wait for the certificate of their domain
 * @param newest  when the newest part was done
 */
public record JobProgress(int total, int done, int waiting, Optional<Instant> newest) {

    /** Members in a second, from the start of the job until its end or {@code now}; empty while it cannot be told. */
    public Optional<Double> rate(RekeyJob job, Instant now) {
        long millis =
                Duration.between(job.startedAt(), job.endedAt().orElse(now)).toMillis();
        return millis <= 0 || done == 0 ? Optional.empty() : Optional.of(done * 1000.0 / millis);
    }

    /** What is left at this rate; empty while it cannot be told, zero after the end. */
    public Optional<Duration> timeLeft(RekeyJob job, Instant now) {
        if (job.hasEnded()) {
            return Optional.of(Duration.ZERO);
        }
        return rate(job, now).map(rate -> Duration.ofMillis(Math.round((total - done) * 1000 / rate)));
    }
}
