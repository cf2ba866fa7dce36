package org.mckms.client.cli.explain;

import java.util.Optional;

/**
 * What the text of one field turned out to be.
 *
 * @param value what to show of it
 * @param note what it means; may be empty
 */
record Reading(String value, String note, Optional<String> fault) {
    static Reading of(String value, String note) {
        return new Reading(value, note, Optional.empty());
    }

    static Reading wrong(String value, String fault) {
        return new Reading(value, "", Optional.of(fault));
    }

    /** The same with the note of the field before its own. */
    Reading explainedBy(String meaning) {
        if (meaning.isEmpty()) {
            return this;
        }
        return new Reading(value, note.isEmpty() ? meaning : meaning + "; " + note, fault);
    }
}
