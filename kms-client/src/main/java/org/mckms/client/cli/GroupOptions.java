package org.mckms.client.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is said of every new group, a temporary one included. */
final class GroupOptions {
    @Option(names = "--name", paramLabel = "TEXT", description = "name for people")
    private String name;

    @Option(names = "--group-service", paramLabel = "NAME", description = "mcptt or mcvideo (default: mcptt)")
    private String service = "mcptt";

    @Option(
            names = "--uses",
            split = ",",
            paramLabel = "USE",
            description = "media, floor, or both with a comma: one key for each (default: media)")
    private List<String> uses = List.of("media");

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    String service() {
        return service;
    }

    List<String> uses() {
        return uses;
    }
}
