package org.mckms.kms.infrastructure.persistence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** How values are written into columns. */
final class Columns {

    private static final String SEPARATOR = "\n";

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

    /** URIs hold no white space, so a line end parts them. */
    static String list(List<String> values) {
        return String.join(SEPARATOR, values);
    }

    static List<String> list(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split(SEPARATOR));
    }
}
