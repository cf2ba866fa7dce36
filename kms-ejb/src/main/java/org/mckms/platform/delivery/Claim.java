package org.mckms.platform.delivery;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/**
 * One delivery handed to this node.
 *
 * @param id    names the delivery
 * @param lease names this claim; another claim of the same delivery has another
 */
record Claim(UUID id, UUID lease) {

    private static final int UUID_CHARACTERS = 36;

    Claim {
        requireNonNull(id, "id");
        requireNonNull(lease, "lease");
    }

    /** Both names in their usual form, a space between them: what goes through the broker. */
    String toText() {
        return id + " " + lease;
    }

    /**
     * Undoes {@link #toText}.
     *
     * @throws IllegalArgumentException if the text is none of those
     */
    static Claim parse(String text) {
        if (text.length() != 2 * UUID_CHARACTERS + 1 || text.charAt(UUID_CHARACTERS) != ' ') {
            throw new IllegalArgumentException("no claim of a delivery");
        }
        return new Claim(
                UUID.fromString(text.substring(0, UUID_CHARACTERS)),
                UUID.fromString(text.substring(UUID_CHARACTERS + 1)));
    }
}
