package org.mckms.gms.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which messages are made, and what becomes of those there are. */
public enum MessageScope {
    /** Those that are not there yet. */
    MISSING {
        @Override
        boolean wants(Optional<MessageRecord> present, Instant now) {
            return present.isEmpty();
        }
    },
    /** Those that wait for a certificate. */
    WAITING {
        @Override
        boolean wants(Optional<MessageRecord> present, Instant now) {
            return present.filter(record -> record.state() == MessageState.WAITING)
                    .isPresent();
        }
    },
    /** Those that the member could not open now: not there, waiting, or of a key period that has ended. */
    UNUSABLE {
        @Override
        boolean wants(Optional<MessageRecord> present, Instant now) {
            return present.filter(record -> record.isUsableAt(now)).isEmpty();
        }
    },
    /** Those that are not fit to be pushed: also older ones, for a member takes what is pushed for some minutes only. */
    UNFIT_TO_PUSH {
        @Override
        boolean wants(Optional<MessageRecord> present, Instant now) {
            return UNUSABLE.wants(present, now)
                    || present.filter(record -> record.madeAt().plus(FRESH).isBefore(now))
                            .isPresent();
        }
    },
    /** All: what is said of the key has changed. */
    ALL {
        @Override
        boolean wants(Optional<MessageRecord> present, Instant now) {
            return true;
        }

        @Override
        MessageRecord change(MessageRecord present, MadeMessage made, Instant now) {
            return present.replaced(made, now);
        }
    };

    /** Well below the five minutes of decision 0014, so that a slow delivery arrives in time. */
    static final Duration FRESH = Duration.ofMinutes(1);

    abstract boolean wants(Optional<MessageRecord> present, Instant now);

    MessageRecord change(MessageRecord present, MadeMessage made, Instant now) {
        return present.madeAnew(made, now);
    }
}
