package org.mckms.mikeysakke.mikey;

import java.util.List;
import java.util.Optional;

/**
 * What was read of octets that may be a message.
 *
 * @param fields in their order, those before a fault and the one with it
 * @param message if there is no fault
 * @param fault the first thing that is wrong
 */
public record MikeyDissection(
        List<MikeyField> fields, Optional<MikeyMessage> message, Optional<MalformedMikeyException> fault) {
    /** Copies the list. */
    public MikeyDissection {
        fields = List.copyOf(fields);
    }
}
