package org.mckms.kms.domain;

import java.time.Instant;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Which key periods may be given out in advance: the current one and those after it.
 *
 * @param maxPeriods how many, the current one included, counted by the schedule of the epoch they belong to
 */
public record BundleWindow(int maxPeriods) {

    public BundleWindow {
        if (maxPeriods < 1) {
            throw new InvalidValueException("the window of bundles has no key period");
        }
    }

    /**
     * The periods from the one that contains {@code from} to the one that contains {@code to}.
     *
     * @throws KmsException {@code MALFORMED_REQUEST} if it ends before it begins, {@code KEY_PERIOD_UNAVAILABLE} if one of them is over, too far ahead, or of another epoch than
     *     the first one
     */
    public BundleSpan select(EpochCatalogue epochs, Instant now, Instant from, Instant to) {
        Epoch epoch = at(epochs, from);
        KeyPeriodSchedule schedule = epoch.schedule();
        KeyPeriod current = schedule.at(now);
        KeyPeriod first = schedule.at(from);
        KeyPeriod last = schedule.at(to);
        if (first.number() < current.number()) {
            throw unavailable("the key period of " + from + " is over");
        }
        if (last.number() < first.number()) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "the span of key periods ends before it begins");
        }
        if (last.number() - current.number() >= maxPeriods) {
            throw unavailable("the key period of " + to + " is too far ahead: bundles hold the current one and the "
                    + (maxPeriods - 1) + " after it");
        }
        if (!at(epochs, to).equals(epoch)) {
            throw unavailable("the span reaches into another epoch; make one job for each epoch");
        }
        return new BundleSpan(epoch.id(), first, last);
    }

    private static Epoch at(EpochCatalogue epochs, Instant instant) {
        return epochs.validAt(instant).orElseThrow(() -> unavailable("no epoch of this server is valid at " + instant));
    }

    private static KmsException unavailable(String why) {
        return new KmsException(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, why);
    }
}
