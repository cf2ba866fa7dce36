package org.mckms.gms.domain;

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

    abstract boolean wants(Optional<MessageRecord> present, Instant now);

    MessageRecord change(MessageRecord present, MadeMessage made, Instant now) {
        return present.madeAnew(made, now);
    }
}
