package org.mckms.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.message.KmsCertificate;

/**
 * What is to be fetched now and when to look again, from what is held: a calculation without state.
 *
 * @param current identities without a key set for now under the newest root certificate
 * @param next identities without one for the following period, whose time has come
 * @param nextPeriod a moment of the following period
 * @param lookAgain when something else will be due
 */
record RefreshPlan(List<String> current, List<String> next, Instant nextPeriod, Instant lookAgain) {
    private static final int LARGEST_PART_AHEAD = 4;

    /**
     * @param jitter 0 to 1, drawn once for a key period: where in the second half of the time ahead this client fetches,
     *     so that not all clients of a KMS come at once
     */
    static RefreshPlan of(
            KmsCertificate root,
            List<KeySetSummary> held,
            Set<String> identities,
            Instant now,
            Duration ahead,
            double jitter) {
        KeyPeriodSchedule schedule = root.schedule();
        KeyPeriod period = schedule.at(now);
        Instant boundary = schedule.start(period.next());
        Duration longest = Duration.between(schedule.start(period), boundary).dividedBy(LARGEST_PART_AHEAD);
        Duration used = ahead.compareTo(longest) < 0 ? ahead : longest;
        Instant fetchNext = boundary.minus(used).plusMillis((long) (used.toMillis() / 2 * jitter));
        List<KeySetSummary> underRoot = held.stream()
                .filter(keys -> keys.certUri().equals(root.certUri()))
                .toList();
        List<String> current = missing(identities, underRoot, now).toList();
        boolean rootLasts = root.validTo().map(boundary::isBefore).orElse(true);
        boolean due = rootLasts && !now.isBefore(fetchNext);
        List<String> next = due ? missing(identities, underRoot, boundary).toList() : List.of();
        return new RefreshPlan(current, next, boundary, rootLasts && !due ? fetchNext : boundary);
    }

    private static Stream<String> missing(Set<String> identities, List<KeySetSummary> held, Instant moment) {
        return identities.stream()
                .filter(user -> held.stream().noneMatch(keys -> keys.userUri().equals(user) && keys.contains(moment)))
                .sorted();
    }

    /** The same without the following period, to be looked at again at a moment. */
    RefreshPlan withoutNext(Instant then) {
        return new RefreshPlan(current, List.of(), nextPeriod, then.isBefore(lookAgain) ? then : lookAgain);
    }

    /** Whether something is to be fetched now. */
    boolean isDue() {
        return !current.isEmpty() || !next.isEmpty();
    }
}
