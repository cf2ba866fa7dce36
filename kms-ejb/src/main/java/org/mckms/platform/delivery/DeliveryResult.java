package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

/** How one attempt ended. */
public sealed interface DeliveryResult {

    /** It arrived, or there is nothing to deliver any more. */
    record Delivered() implements DeliveryResult {}

    /**
     * It may arrive later; what is behind it waits for it.
     *
     * @param reason for the operators; one sentence, no secret
     */
    record Retry(String reason) implements DeliveryResult {
        public Retry {
            requireNonNull(reason, "reason");
        }
    }

    /**
     * It may arrive later, and nothing waits for it until then: its destination answered, and could not take this one.
     *
     * @param reason for the operators; one sentence, no secret
     */
    record Aside(String reason) implements DeliveryResult {
        public Aside {
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

    static DeliveryResult aside(String reason) {
        return new Aside(reason);
    }

    static DeliveryResult dead(String reason) {
        return new Dead(reason);
    }
}
