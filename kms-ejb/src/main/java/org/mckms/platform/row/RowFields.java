package org.mckms.platform.row;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;

/**
 * The octets under a row's MAC: the ASCII label {@code mckms/1/row}, then the KMS URI, the table and the fields, each with
 * its length in four big-endian octets before it. An absent field has length FFFFFFFF and no octets, so that it differs
 * from an empty one.
 */
public final class RowFields {

    private static final String LABEL = "mckms/1/row";

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream(256);

    /**
     * Begins with what all rows have.
     *
     * @param table name of the table, which never changes
     */
    public RowFields(String kmsUri, String table) {
        octets.writeBytes(LABEL.getBytes(StandardCharsets.US_ASCII));
        text(kmsUri).text(table);
    }

    public RowFields text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        octets.write(utf8.length >>> 24);
        octets.write(utf8.length >>> 16);
        octets.write(utf8.length >>> 8);
        octets.write(utf8.length);
        octets.writeBytes(utf8);
        return this;
    }

    public RowFields text(Optional<String> value) {
        if (value.isPresent()) {
            return text(value.get());
        }
        octets.writeBytes(new byte[] {-1, -1, -1, -1});
        return this;
    }

    public RowFields number(long value) {
        return text(Long.toString(value));
    }

    public RowFields flag(boolean value) {
        return text(Boolean.toString(value));
    }

    public RowFields name(Enum<?> value) {
        return text(value.name());
    }

    /** To the microsecond, which is what the databases keep. */
    public RowFields time(Instant value) {
        return text(value.toString());
    }

    public RowFields time(Optional<Instant> value) {
        return text(value.map(Instant::toString));
    }

    public RowFields texts(Collection<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }

    public RowFields octets(Octets value) {
        return text(value.toHex());
    }

    public Octets message() {
        return Octets.copyOf(octets.toByteArray());
    }
}
