package org.mckms.client.cek;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * By what keys are taken.
 *
 * @param now by the clock of the holder
 * @param answerAge how far the time of an answer or a push may be from now
 * @param users whom a server serves; a client takes any server
 */
record CekRules(Instant now, Duration answerAge, Predicate<String> users) {
    /** When no answer or push is taken any more that the KMS has made until now, by a clock that may be ahead. */
    Instant forgettable() {
        return now.plus(answerAge.multipliedBy(2));
    }
}
