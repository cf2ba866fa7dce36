package org.mckms.client;

import java.time.Instant;
import java.util.Set;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;

/**
 * What a client is ready to take: whose keys, and of which key periods.
 *
 * @param users the user URIs asked for; empty when a document is looked at without knowing what was asked
 * @param first lowest period number taken
 * @param last highest period number taken
 * @param time the moment that is meant, for the validity of the certificate
 */
public record KeySetExpectation(Set<String> users, KeyPeriod first, KeyPeriod last, Instant time) {
    public KeySetExpectation {
        users = Set.copyOf(users);
        if (first.number() > last.number()) {
            throw new IllegalArgumentException("first period " + first.number() + " is after " + last.number());
        }
    }

    /** For a request that named a time: exactly the period that contains it. */
    public static KeySetExpectation containing(Set<String> users, KeyPeriodSchedule schedule, Instant time) {
        KeyPeriod period = schedule.at(time);
        return new KeySetExpectation(users, period, period, time);
    }

    /**
     * For a request without a time: the current period or a neighbour. The neighbours are needed because the clocks of
     * client and KMS differ a little at a boundary, and because a KMS may add the next period.
     */
    public static KeySetExpectation around(Set<String> users, KeyPeriodSchedule schedule, Instant now) {
        KeyPeriod current = schedule.at(now);
        KeyPeriod before = current.number() == 0 ? current : current.previous();
        return new KeySetExpectation(users, before, current.next(), now);
    }

    boolean takes(KeyPeriod period) {
        return period.number() >= first.number() && period.number() <= last.number();
    }

    /** The periods taken, for a person. */
    String periods() {
        return first.equals(last) ? Long.toString(first.number()) : first.number() + " to " + last.number();
    }
}
