package org.mckms.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where notifications may be sent, and how often it is tried. Addresses are {@code https}; loopback, private, link-local
 * and other addresses that are not public only where {@code allowed} names them.
 *
 * @param allowed      blocks of addresses that are not public, to which notifications may be sent all the same
 * @param trust        PEM file with the certificates that such a server may have
 * @param timeout      limit of one delivery, from the connection to the last octet of the answer
 * @param attempts     after so many failures a delivery is a dead letter
 * @param longestPause longest time between two attempts
 */
public record CallbackSettings(
        List<AddressBlock> allowed, Path trust, Duration timeout, int attempts, Duration longestPause) {

    public CallbackSettings {
        allowed = List.copyOf(allowed);
    }
}
