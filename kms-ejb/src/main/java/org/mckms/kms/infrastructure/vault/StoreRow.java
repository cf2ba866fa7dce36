package org.mckms.kms.infrastructure.vault;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row of AES keys on the token that a number tells apart: the newest one encrypts, all of them decrypt. */
enum StoreRow {

    /** Under them the keys of devices are sealed. */
    CLIENT("kms.store.client."),

    /** They wrap data keys. */
    SESSION("kms.store.session.");

    private final String prefix;
    private final Pattern pattern;

    StoreRow(String prefix) {
        this.prefix = prefix;
        this.pattern = Pattern.compile(Pattern.quote(prefix) + "([1-9][0-9]{0,8})");
    }

    /** The label of one key, which counts from 1. */
    String label(int number) {
        return prefix + number;
    }

    /** The highest number among the labels; 0 if none is of this row. */
    int newest(Collection<String> labels) {
        return labels.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                .max()
                .orElse(0);
    }
}
