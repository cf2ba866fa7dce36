package org.mckms.platform.row;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A row as a repository found it.
 *
 * @param id      names the row
 * @param content empty if the columns hold what this server never writes
 */
public record StoredRow<T>(String id, Optional<MacProtected<T>> content) {

    public StoredRow {
        requireNonNull(id, "id");
        requireNonNull(content, "content");
    }
}
