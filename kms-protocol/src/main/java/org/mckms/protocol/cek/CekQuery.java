package org.mckms.protocol.cek;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * A server asks for its CEKs, at most {@link CekList#MAX} at a time in the order of their Key IDs.
 *
 * @param all every key that lives; otherwise the changes that the server has not acknowledged
 * @param after the last Key ID of the list before, 16 octets
 * @throws InvalidValueException if the Key ID has another length
 */
public record CekQuery(boolean all, Optional<Octets> after) implements RequestExtension {
    public CekQuery {
        after.ifPresent(CekChecks::keyId);
    }
}
