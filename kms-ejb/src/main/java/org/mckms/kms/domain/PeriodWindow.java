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
     * The periods that contain the asked instant, as far as they are served: one for each epoch valid then. While two
     * epochs overlap a receiver needs the keys of both, since a message does not say under which it was made. The newest
     * epoch stands last, where a client looks that keeps only the last key set it reads.
     *
     * @throws KmsException {@code NOT_READY} if no epoch is valid now, {@code KEY_PERIOD_UNAVAILABLE} if the period of the
     *     newest epoch valid then is outside the window, or there is none
     */
    public List<EpochPeriod> select(EpochCatalogue epochs, Instant now, Instant asked) {
        EpochPeriod current = current(epochs, now);
        List<EpochPeriod> wanted = at(epochs, asked);
        if (wanted.isEmpty()) {
            throw unavailable("no epoch of this server is valid at " + shown(asked));
        }
        objection(wanted.get(wanted.size() - 1), current, now).ifPresent(why -> {
            throw unavailable(why);
        });
        return wanted.stream()
                .filter(period -> objection(period, current, now).isEmpty())
                .toList();
    }

    private Optional<String> objection(EpochPeriod wanted, EpochPeriod current, Instant now) {
        if (!now.isBefore(wanted.end().plus(pastGrace))) {
            return Optional.of("the key period ended at " + wanted.end() + ", too long ago");
        }
        KeyPeriod next = wanted.epoch().schedule().at(successionTo(wanted.epoch(), current, now));
        return wanted.period().number() - next.number() >= futurePeriods
                ? Optional.of("the key period begins at " + wanted.start() + ", too far ahead")
                : Optional.empty();
    }

    /** When periods of an epoch follow on the current one: at its end, or where a later epoch cuts it short. */
    private static Instant successionTo(Epoch epoch, EpochPeriod current, Instant now) {
        boolean cutShort = epoch.validFrom().isAfter(now) && epoch.validFrom().isBefore(current.end());
        return cutShort ? epoch.validFrom() : current.end();
    }

    /**
     * The current periods of all epochs valid now, the newest epoch last; then, if the client is served both, the next
     * ones.
     */
    public List<EpochPeriod> selectCurrent(EpochCatalogue epochs, Instant now, PeriodsServed served) {
        Instant end = current(epochs, now).end();
        List<EpochPeriod> periods = new ArrayList<>(at(epochs, now));
        if (served == PeriodsServed.CURRENT_AND_NEXT) {
            at(epochs, end).stream()
                    .filter(period -> !periods.contains(period))
                    .toList()
                    .forEach(periods::add);
        }
        return periods;
    }

    /** The newest epoch of now and its period; {@code NOT_READY} if there is none. */
    public EpochPeriod current(EpochCatalogue epochs, Instant now) {
        List<EpochPeriod> present = at(epochs, now);
        if (present.isEmpty()) {
            throw new KmsException(KmsErrorCode.NOT_READY, "no epoch of this server is valid now");
        }
        return present.get(present.size() - 1);
    }

    /**
     * The periods that were not over before the identity was registered.
     *
     * @throws KmsException {@code KEY_PERIOD_UNAVAILABLE} if all were
     */
    public static List<EpochPeriod> sinceRegistration(List<EpochPeriod> wanted, Instant registeredAt) {
        List<EpochPeriod> served = wanted.stream()
                .filter(period -> period.end().isAfter(registeredAt))
                .toList();
        if (served.isEmpty()) {
            throw unavailable("the key period ended before this identity was registered");
        }
        return served;
    }

    private static List<EpochPeriod> at(EpochCatalogue epochs, Instant instant) {
        return epochs.allValidAt(instant).stream()
                .map(epoch -> new EpochPeriod(epoch, epoch.schedule().at(instant)))
                .toList();
    }

    private static String shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static KmsException unavailable(String why) {
        return new KmsException(KmsErrorCode.KEY_PERIOD_UNAVAILABLE, why);
    }
}
