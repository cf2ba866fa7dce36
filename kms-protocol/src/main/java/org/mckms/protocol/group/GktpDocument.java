package org.mckms.protocol.group;

import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * A document of group key transport payloads (GKTPs of TS 24.481), the payload of a notification of group metadata: keys for
 * media, keys for floor control, or both. What one document holds for a group is stored by the receiver together or not at
 * all.
 *
 * @param service the MC service, which is the namespace of the document
 * @param gmk payloads with GMKs
 * @param mkfc payloads with MKFCs
 * @throws InvalidValueException if there are more than {@link #MAX_TRANSPORTS} payloads or temporary groups
 */
public record GktpDocument(McService service, Optional<KeyTransports> gmk, Optional<KeyTransports> mkfc) {
    /** Payloads in one document, and also the lists of temporary groups in one. */
    public static final int MAX_TRANSPORTS = 1024;

    public GktpDocument {
        Objects.requireNonNull(service, "service");
        int transports = size(gmk) + size(mkfc);
        int groups = groups(gmk) + groups(mkfc);
        if (transports > MAX_TRANSPORTS || groups > MAX_TRANSPORTS) {
            throw new InvalidValueException("a GKTP document has " + transports + " payloads and " + groups
                    + " temporary groups, at most " + MAX_TRANSPORTS + " of each are accepted");
        }
    }

    private static int size(Optional<KeyTransports> transports) {
        return transports.map(KeyTransports::size).orElse(0);
    }

    private static int groups(Optional<KeyTransports> transports) {
        return transports.map(of -> of.regrouped().size()).orElse(0);
    }
}
