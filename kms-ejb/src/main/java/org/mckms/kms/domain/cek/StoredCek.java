package org.mckms.kms.domain.cek;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.platform.datakey.SealedData;

/**
 * A content encryption key as it is stored.
 *
 * @param sealed the 32 octets of the key under a data key; empty if and only if the key has ended
 */
public record StoredCek(CekRecord cek, Optional<SealedData> sealed) {

    public StoredCek {
        requireNonNull(cek, "cek");
        requireNonNull(sealed, "sealed");
        if (sealed.isEmpty() != (cek.state() == CekState.ENDED)) {
            throw new InvalidValueException("a CEK has its octets until it has ended");
        }
    }
}
