package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

/** What came of a request to an address that somebody else has named. */
public sealed interface CallbackAnswer {

    /** An HTTP status came, 100 to 599. */
    record Status(int code) implements CallbackAnswer {
        /** Whether the receiver took the request: 2xx. */
        public boolean success() {
            return code / 100 == 2;
        }
    }

    /**
     * No answer came, or none that is one.
     *
     * @param reason one sentence for the operators
     */
    record Failure(String reason) implements CallbackAnswer {
        public Failure {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * The policy forbids the address by now.
     *
     * @param reason one sentence for the operators
     */
    record Refused(String reason) implements CallbackAnswer {
        public Refused {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * What this answer means for a delivery: success is delivery, 410 (Gone) and refusal by policy end it, everything else
     * is tried again.
     */
    default DeliveryResult asDelivery() {
        if (this instanceof Status status) {
            if (status.success()) {
                return DeliveryResult.delivered();
            }
            String reason = "the receiver answered " + status.code();
            return status.code() == 410 ? DeliveryResult.dead(reason) : DeliveryResult.retry(reason);
        }
        if (this instanceof Refused refused) {
            return DeliveryResult.dead(refused.reason());
        }
        return DeliveryResult.retry(((Failure) this).reason());
    }
}
