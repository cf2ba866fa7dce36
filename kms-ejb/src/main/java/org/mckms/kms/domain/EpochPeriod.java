package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.mckms.mikeysakke.identity.KeyPeriod;

/** A key period and the epoch whose schedule counts it. */
public record EpochPeriod(Epoch epoch, KeyPeriod period) {

    public EpochPeriod {
        requireNonNull(epoch, "epoch");
        requireNonNull(period, "period");
    }

    /** First instant of the period. */
    public Instant start() {
        return epoch.schedule().start(period);
    }

    /** First instant after the period. */
    public Instant end() {
        return start().plusSeconds(epoch.schedule().lengthSeconds());
    }
}
