package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.mckms.kms.domain.ClientKeysRecord;

/**
 * The keys of one device as operators see them.
 *
 * @param row    names the row, {@code <owner> on <device>}
 * @param record empty if the row cannot be read
 */
public record ClientKeysView(String row, Optional<ClientKeysRecord> record, IdentityView.Integrity integrity) {

    public ClientKeysView {
        requireNonNull(row, "row");
        requireNonNull(record, "record");
        requireNonNull(integrity, "integrity");
    }
}
