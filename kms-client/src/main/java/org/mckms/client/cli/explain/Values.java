package org.mckms.client.cli.explain;

/** How the text of a simple field is read. */
@FunctionalInterface
interface Values {
    /** @param text without white space around it */
    Reading read(String text);
}
