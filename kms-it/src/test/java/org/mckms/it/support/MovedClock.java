package org.mckms.it.support;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/**
 * Takes the place of the server's clock in an EAR made for a test, so that a server lives in the period of published
 * numbers. It is part of no EAR that the build makes.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class MovedClock {
    /** System property: how far the clock is moved, as an ISO 8601 duration. */
    public static final String OFFSET = "kms.it.clock-offset";

    @Produces
    @Singleton
    Clock clock() {
        return Clock.offset(Clock.systemUTC(), Duration.parse(System.getProperty(OFFSET)));
    }
}
