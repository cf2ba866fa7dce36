package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

/** How one attempt ended. */
public sealed interface DeliveryResult {

    /** It arrived, or there is nothing to deliver any more. */
    record Delivered() implements DeliveryResult {}

    /**
     * It may arrive later.
     *
     * @param reason for the operators; one sentence, no secret
     */
    record Retry(String reason) implements DeliveryResult {
        public Retry {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * It will never arrive as it is.
     *
     * @param reason for the operators; one sentence, no secret
     */
    record Dead(String reason) implements DeliveryResult {
        public Dead {
            requireNonNull(reason, "reason");
        }
    }

    static DeliveryResult delivered() {
        return new Delivered();
    }

    static DeliveryResult retry(String reason) {
        return new Retry(reason);
    }

    static DeliveryResult dead(String reason) {
        return new Dead(reason);
    }
}
