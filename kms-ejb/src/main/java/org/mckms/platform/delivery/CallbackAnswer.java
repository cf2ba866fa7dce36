package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.Octets;

/** What came of a request to an address that somebody else has named. */
public sealed interface CallbackAnswer {

    /**
     * An HTTP status came, 100 to 599.
     *
     * @param content of a success, if its length was given and it is small; else empty. From somebody who is known by the
     *     address only: to be checked like any other input
     */
    record Status(int code, Octets content) implements CallbackAnswer {
        public Status {
            requireNonNull(content, "content");
        }

        /** Without content. */
        public Status(int code) {
            this(code, Octets.copyOf(new byte[0]));
        }

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
