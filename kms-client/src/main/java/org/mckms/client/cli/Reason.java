package org.mckms.client.cli;

import picocli.CommandLine.Option;

/** Option of the commands whose reason is kept by the server. */
final class Reason {
    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; goes into the audit trail")
    private String text;

    String text() {
        return text;
    }
}
