package org.mckms.platform.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where notifications may be sent. Addresses are {@code https}; loopback, private, link-local
 * and other addresses that are not public only where {@code allowed} names them.
 *
 * @param allowed blocks of addresses that are not public, to which notifications may be sent all the same
 * @param trust   PEM file with the certificates that such a server may have
 * @param timeout limit of one delivery, from the connection to the last octet of the answer
 */
public record CallbackSettings(List<AddressBlock> allowed, Path trust, Duration timeout) {

    public CallbackSettings {
        allowed = List.copyOf(allowed);
    }
}
