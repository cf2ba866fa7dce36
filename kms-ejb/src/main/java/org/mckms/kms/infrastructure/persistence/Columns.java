package org.mckms.kms.infrastructure.persistence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.platform.KmsLog;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.codec.InteropProfile;

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

    /** Names of interop profiles, comma separated. */
    static String profiles(Collection<InteropProfile> profiles) {
        return profiles.stream().map(InteropProfile::profileName).collect(Collectors.joining(","));
    }

    static Set<InteropProfile> profiles(String column) {
        Set<InteropProfile> profiles = EnumSet.noneOf(InteropProfile.class);
        for (String label : column.isEmpty() ? new String[0] : column.split(",", -1)) {
            profiles.add(InteropProfile.named(label)
                    .orElseThrow(() -> new InvalidValueException("no interop profile " + label)));
        }
        return profiles;
    }

    /** Reads a row; one that was written past this server may fail to be read in any way. */
    static <T> StoredRow<T> stored(String id, Supplier<MacProtected<T>> reader) {
        return new StoredRow<>(id, readable(id, reader));
    }

    /** What a row says; empty if it cannot be read. */
    static <T> Optional<T> readable(String id, Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (RuntimeException e) {
            KmsLog.LOG.debugf("row %s cannot be read: %s", id, e.getMessage());
            return Optional.empty();
        }
    }
}
