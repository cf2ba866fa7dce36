package org.mckms.platform.health;

import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * What a probe found.
 *
 * @param sentence one plain sentence; of no meaning to programs
 */
public record Finding(boolean up, String sentence) {

    public static Finding up(String sentence) {
        return new Finding(true, sentence);
    }

    public static Finding down(String sentence) {
        return new Finding(false, sentence);
    }

    /** The answer of a probe; the sentence stands in its field {@code reason}. */
    HealthCheckResponse response(String name) {
        return HealthCheckResponse.named(name)
                .status(up)
                .withData("reason", sentence)
                .build();
    }
}
