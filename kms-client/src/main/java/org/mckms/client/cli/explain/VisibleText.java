package org.mckms.client.cli.explain;

/** Text of a document made safe and short enough to show. */
final class VisibleText {
    /** Longer than the longest value that has to be seen whole: Z_T in hex has 514 characters. */
    private static final int MAX_CHARACTERS = 600;

    private VisibleText() {}

    /**
     * The text in one line: what a terminal would act on or not show at all (controls, direction marks, line separators,
     * lone surrogates) as its number, and a cut where it is too long.
     */
    static String of(String text) {
        StringBuilder visible = new StringBuilder();
        int shown = 0;
        while (shown < text.length() && visible.length() < MAX_CHARACTERS) {
            int c = text.codePointAt(shown);
            if (isVisible(c)) {
                visible.appendCodePoint(c);
            } else {
                visible.append(String.format("\\u{%04X}", c));
            }
            shown += Character.charCount(c);
        }
        if (shown < text.length()) {
            visible.append("... (").append(text.length()).append(" characters)");
        }
        return visible.toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
