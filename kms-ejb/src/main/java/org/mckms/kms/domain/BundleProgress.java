package org.mckms.kms.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a job has come.
 *
 * @param newest when the newest bundle was made or failed
 */
public record BundleProgress(int open, int done, int failed, Optional<Instant> newest) {}
