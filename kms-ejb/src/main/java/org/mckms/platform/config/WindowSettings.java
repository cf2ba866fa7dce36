package org.mckms.platform.config;

import java.time.Duration;

/**
 * Which times a request may name.
 *
 * @param pastGrace     how long after its end a key period is still served
 * @param futurePeriods how many periods after the current one are served
 * @param requestTime   greatest distance of a request's Time from now, either way
 */
public record WindowSettings(Duration pastGrace, int futurePeriods, Duration requestTime) {}
