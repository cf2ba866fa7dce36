package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.mikey.KeyPurpose;

/**
 * What keys a group has and how long they live.
 *
 * @param uses       each once, {@code MEDIA} first; at least one
 * @param floor      {@code MKFC}, or {@code GMK} for a group whose floor control has a second GMK (TS 33.180 clause 7.3)
 * @param rekeyEvery time from one generation to the next; empty: only when somebody wants it
 * @param lifetime   time from the activation of a key to its expiry; empty: none
 */
public record KeyPlan(List<KeyUse> uses, KeyPurpose floor, Optional<Duration> rekeyEvery, Optional<Duration> lifetime) {

    /** Shortest time between two generations; below, members spend it with fetching. */
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Longest time between two generations, and longest life of a key. */
    public static final Duration LONGEST = Duration.ofDays(3660);

    public KeyPlan {
        if (uses.isEmpty()) {
            throw new InvalidValueException("a group has keys for one use at least");
        }
        uses = List.copyOf(EnumSet.copyOf(uses));
        if (floor != KeyPurpose.MKFC && floor != KeyPurpose.GMK) {
            throw new InvalidValueException("the key for floor control is an MKFC or a GMK, not a " + floor);
        }
        rekeyEvery.ifPresent(time -> check(time, "time between two generations"));
        lifetime.ifPresent(time -> check(time, "life of a key"));
        if (rekeyEvery.isPresent()
                && lifetime.filter(life -> life.compareTo(rekeyEvery.get()) < 0).isPresent()) {
            throw new InvalidValueException("keys would expire before the next generation is made");
        }
    }

    /** One key for media, or one each for media and floor control, until somebody wants new ones. */
    public static KeyPlan of(Collection<KeyUse> uses) {
        return new KeyPlan(List.copyOf(uses), KeyPurpose.MKFC, Optional.empty(), Optional.empty());
    }

    /** The same keys, renewed at other times. */
    public KeyPlan rekeyedEvery(Optional<Duration> time) {
        return new KeyPlan(uses, floor, time, lifetime);
    }

    /** The kind of key for a use. */
    public KeyPurpose purpose(KeyUse use) {
        requireNonNull(use, "use");
        return use == KeyUse.MEDIA ? KeyPurpose.GMK : floor;
    }

    private static void check(Duration time, String what) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0 || time.getNano() != 0) {
            throw new InvalidValueException(
                    "the " + what + " is not between " + SHORTEST + " and " + LONGEST + " in whole seconds");
        }
    }
}
