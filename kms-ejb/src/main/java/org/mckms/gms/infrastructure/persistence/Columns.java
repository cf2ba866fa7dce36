package org.mckms.gms.infrastructure.persistence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.KmsLog;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** How values are written into columns of groups. */
final class Columns {

    private Columns() {}

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static OffsetDateTime timeOrNull(Optional<Instant> instant) {
        return instant.map(Columns::time).orElse(null);
    }

    static Optional<Instant> instant(OffsetDateTime column) {
        return Optional.ofNullable(column).map(OffsetDateTime::toInstant);
    }

    static KeyIdentifier keyId(String hex) {
        return KeyIdentifier.of(Octets.fromHex(hex));
    }

    /** Reads a row; one that was written past this server may fail to be read in any way. */
    static <T> StoredRow<T> stored(String id, Supplier<MacProtected<T>> reader) {
        try {
            return new StoredRow<>(id, Optional.of(reader.get()));
        } catch (RuntimeException e) {
            KmsLog.LOG.debugf("row %s cannot be read: %s", id, e.getMessage());
            return new StoredRow<>(id, Optional.empty());
        }
    }
}
