package org.mckms.protocol.group;

import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * The payloads of one temporary group, which was made of other groups (on-network-regrouped-GKTPs of TS 24.481).
 *
 * @param temporaryGroupUri URI of the temporary group, 1 to 2048 characters
 * @param transports payloads in the order sent
 * @throws InvalidValueException if the URI is outside its limits
 */
public record RegroupedTransports(String temporaryGroupUri, List<Gktp> transports) {
    public RegroupedTransports {
        Checked.uri(temporaryGroupUri, "temporary group");
        transports = List.copyOf(transports);
    }
}
