package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * What is to be delivered to whom.
 *
 * @param destination 1 to {@value #MAX_DESTINATION} octets of UTF-8
 * @param reference   what the handler finds the content by, 1 to {@value #MAX_REFERENCE} characters; no secret
 */
public record DeliveryOrder(String destination, String reference) {

    /** Octets of a destination, which is a URI. */
    public static final int MAX_DESTINATION = 2048;

    /** Characters of a reference. */
    public static final int MAX_REFERENCE = 2048;

    public DeliveryOrder {
        requireNonNull(destination, "destination");
        requireNonNull(reference, "reference");
        int octets = destination.getBytes(StandardCharsets.UTF_8).length;
        if (octets < 1 || octets > MAX_DESTINATION) {
            throw new IllegalArgumentException("a destination of " + octets + " octets");
        }
        if (reference.isEmpty() || reference.length() > MAX_REFERENCE) {
            throw new IllegalArgumentException("a reference of " + reference.length() + " characters");
        }
    }
}
