package org.mckms.protocol.audit;

/** Makes text of strangers fit for the audit trail, so that no input can stop a refusal from being recorded. */
public final class AuditText {
    private static final int REPLACEMENT = 0xFFFD;
    private static final String CUT = "...";

    private AuditText() {}

    /**
     * Replaces what a record cannot keep (U+0000, half surrogate pairs) by U+FFFD and cuts to 4096 characters, the last
     * three of which are then dots.
     */
    public static String of(String untrusted) {
        if (untrusted.length() <= AuditChecks.MAX_TEXT_CHARACTERS && AuditChecks.isKeepable(untrusted)) {
            return untrusted;
        }
        StringBuilder kept = new StringBuilder(Math.min(untrusted.length(), AuditChecks.MAX_TEXT_CHARACTERS));
        untrusted
                .codePoints()
                .limit(AuditChecks.MAX_TEXT_CHARACTERS + 1L)
                .map(c -> AuditChecks.keepable(c) ? c : REPLACEMENT)
                .forEach(kept::appendCodePoint);
        if (kept.length() <= AuditChecks.MAX_TEXT_CHARACTERS) {
            return kept.toString();
        }
        int end = AuditChecks.MAX_TEXT_CHARACTERS - CUT.length();
        return kept.substring(0, Character.isLowSurrogate(kept.charAt(end)) ? end - 1 : end) + CUT;
    }
}
