package org.mckms.platform.config;

import java.time.Duration;

/**
 * How deliveries to others are made.
 *
 * @param workers      deliveries that this node has under way at once
 * @param attempts     after so many failures a delivery is given up
 * @param longestPause longest time between two attempts
 */
public record DeliverySettings(int workers, int attempts, Duration longestPause) {

    /** Sessions of the consumer, and so the most workers there can be. */
    public static final int MOST_WORKERS = 16;
}
