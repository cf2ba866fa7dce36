package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalDouble;
import org.mckms.kms.domain.BundleJob;
import org.mckms.kms.domain.BundleProgress;

/** A bundle job and how far it has come. */
public record BundleJobView(BundleJob job, BundleProgress progress) {

    private static final double NANOS = 1e9;

    public BundleJobView {
        requireNonNull(job, "job");
        requireNonNull(progress, "progress");
    }

    /** Bundles made per second from the start of the job to the newest one; pauses count. */
    public OptionalDouble ratePerSecond() {
        long nanos = progress.newest()
                .map(newest -> Duration.between(job.startedAt(), newest).toNanos())
                .orElse(0L);
        return nanos > 0
                ? OptionalDouble.of((progress.done() + progress.failed()) * NANOS / nanos)
                : OptionalDouble.empty();
    }
}
