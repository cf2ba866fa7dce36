package org.mckms.client;

import java.time.Instant;
import java.util.Optional;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;

/**
 * Which key set it is, without its keys.
 *
 * @param period key period number
 * @param begins first moment of the key period
 * @param ends the moment at which the next key period begins
 * @param certUri root certificate that the keys belong to, where it has a name
 */
public record KeySetSummary(String userUri, long period, Instant begins, Instant ends, Optional<String> certUri) {
    static KeySetSummary of(KmsKeySet keys, KmsCertificate root) {
        return new KeySetSummary(
                keys.userUri(),
                keys.period().number(),
                root.schedule().start(keys.period()),
                root.schedule().start(keys.period().next()),
                root.certUri());
    }

    /** Whether a moment lies in the key period. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(begins) && moment.isBefore(ends);
    }
}
