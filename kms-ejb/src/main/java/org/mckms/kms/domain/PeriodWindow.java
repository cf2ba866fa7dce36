package org.mckms.kms.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Which key periods are served (TS 33.180 annex F.2.1 counts them; the window is the operator's).
 *
 * @param pastGrace     how long after its end a period is still served
 * @param futurePeriods how many periods after the current one are served, counted by the schedule of the asked epoch
 */
public record PeriodWindow(Duration pastGrace, int futurePeriods) {

    public PeriodWindow {
        if (pastGrace.isNegative() || futurePeriods < 0) {
            throw new InvalidValueException("the served window of key periods is negative");
        }
    }

    /**
     * The period that contains the asked instant, if it is served.
     *
     * @throws KmsException {@code NOT_READY} if no epoch is valid now, {@code KEY_PERIOD_UNAVAILABLE} if the asked period
     *     is outside the window or no epoch is valid then
     */
    public EpochPeriod select(EpochCatalogue epochs, Instant now, Instant asked) {
        EpochPeriod current = current(epochs, now);
        EpochPeriod wanted =
                at(epochs, asked).orElseThrow(() -> unavailable("no epoch of this server is valid at " + shown(asked)));
        if (!now.isBefore(wanted.end().plus(pastGrace))) {
            throw unavailable("the key period ended at " + wanted.end() + ", too long ago");
        }
        KeyPeriod next = wanted.epoch().schedule().at(successionTo(wanted.epoch(), current, now));
        if (wanted.period().number() - next.number() >= futurePeriods) {
            throw unavailable("the key period begins at " + wanted.start() + ", too far ahead");
        }
        return wanted;
    }

    /** When periods of an epoch follow on the current one: at its end, or where a later epoch cuts it short. */
    private static Instant successionTo(Epoch epoch, EpochPeriod current, Instant now) {
        boolean cutShort = epoch.validFrom().isAfter(now) && epoch.validFrom().isBefore(current.end());
        return cutShort ? epoch.validFrom() : current.end();
    }

    /** The current period and, if the client is served both and an epoch is valid then, the next one. */
    public List<EpochPeriod> selectCurrent(EpochCatalogue epochs, Instant now, PeriodsServed served) {
        EpochPeriod current = current(epochs, now);
        List<EpochPeriod> periods = new ArrayList<>(List.of(current));
        if (served == PeriodsServed.CURRENT_AND_NEXT) {
            at(epochs, current.end()).ifPresent(periods::add);
        }
        return periods;
    }

    /** The epoch and period of now; {@code NOT_READY} if there is none. */
    public EpochPeriod current(EpochCatalogue epochs, Instant now) {
        return at(epochs, now)
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_READY, "no epoch of this server is valid now"));
    }

    /**
     * Passes unless the period was over before the identity was registered.
     *
     * @throws KmsException {@code KEY_PERIOD_UNAVAILABLE}
     */
    public static void checkRegistered(EpochPeriod wanted, Instant registeredAt) {
        if (!wanted.end().isAfter(registeredAt)) {
            throw unavailable("the key period ended before this identity was registered");
        }
    }

    private static Optional<EpochPeriod> at(EpochCatalogue epochs, Instant instant) {
        return epochs.validAt(instant).map(epoch -> {
            KeyPeriod period = epoch.schedule().at(instant);
            return new EpochPeriod(epoch, period);
        });
    }

    private static String shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static KmsException unavailable(String why) {
        return new KmsException(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, why);
    }
}
