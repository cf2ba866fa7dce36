package org.mckms.gms.application;

import java.time.Duration;
import java.util.Optional;
import org.mckms.gms.domain.JobProgress;
import org.mckms.gms.domain.RekeyJob;

/**
 * A job that makes the messages of a group.
 *
 * @param rate     members in a second
 * @param timeLeft at this rate
 */
public record RekeyJobView(RekeyJob job, JobProgress progress, Optional<Double> rate, Optional<Duration> timeLeft) {}
