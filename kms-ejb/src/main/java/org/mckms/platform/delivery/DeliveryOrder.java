package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

/**
 * What is to be delivered to whom.
 *
 * @param destination 1 to {@value #MAX_DESTINATION} characters
 * @param reference   what the handler finds the content by, 1 to {@value #MAX_REFERENCE} characters; no secret
 */
public record DeliveryOrder(String destination, String reference) {

    /** Characters of a destination, a URI of at most 2,048 octets. */
    public static final int MAX_DESTINATION = 2048;

    /** Characters of a reference. */
    public static final int MAX_REFERENCE = 2048;

    public DeliveryOrder {
        requireNonNull(destination, "destination");
        requireNonNull(reference, "reference");
        if (destination.isEmpty() || destination.length() > MAX_DESTINATION) {
            throw new IllegalArgumentException("a destination of " + destination.length() + " characters");
        }
        if (reference.isEmpty() || reference.length() > MAX_REFERENCE) {
            throw new IllegalArgumentException("a reference of " + reference.length() + " characters");
        }
    }
}
