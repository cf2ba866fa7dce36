package org.mckms.kms.application;

import java.util.Locale;
import java.util.Optional;
import org.mckms.protocol.message.KmsRedirectResponse;

/** A redirect response in one line, for the audit trail, which cuts what is longer than its limit. */
final class RedirectSummary {

    private static final int MAX_URI = 200;
    private static final int MAX_PROPOSED = 4;

    private RedirectSummary() {}

    static String of(KmsRedirectResponse krr) {
        StringBuilder line =
                new StringBuilder("sha256=").append(krr.digest().toHex().toLowerCase(Locale.ROOT));
        add(line, "initiator", krr.initiator());
        add(line, "receiver", krr.receiver());
        add(line, "refused", krr.refusedKms());
        add(line, "by", krr.refuser());
        krr.proposedKms().stream().limit(MAX_PROPOSED).forEach(kms -> add(line, "proposed", Optional.of(kms)));
        krr.nested()
                .ifPresent(
                        inner -> add(line, "narrows", Optional.of(inner.digest().toHex())));
        return line.toString();
    }

    private static void add(StringBuilder line, String name, Optional<String> value) {
        value.map(text -> text.length() > MAX_URI ? text.substring(0, MAX_URI) : text)
                .ifPresent(text -> line.append(' ').append(name).append('=').append(text));
    }
}
