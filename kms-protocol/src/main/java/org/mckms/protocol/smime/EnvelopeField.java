package org.mckms.protocol.smime;

import java.util.Optional;

/**
 * One field of a sealed body as {@link EnvelopeFields} found it, for people.
 *
 * @param clause where it is defined
 * @param depth how many fields it is inside of
 * @param name as its definition has it
 * @param value what stands there; empty where only inner fields have values
 * @param note what it means; may be empty
 * @param holdsOthers whether the fields after it that are deeper are inside of it
 * @param fault what is wrong with it
 */
public record EnvelopeField(
        String clause,
        int depth,
        String name,
        String value,
        String note,
        boolean holdsOthers,
        Optional<String> fault) {}
