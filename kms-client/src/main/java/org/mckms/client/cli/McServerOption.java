package org.mckms.client.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** Option that names an MC server of the settings. */
final class McServerOption {
    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "name of the MC server in the settings (default: kms.cek.server)")
    private String server;

    /** @throws CommandFailedException if neither the option nor the settings name one */
    String name(Home home) {
        return Optional.ofNullable(server)
                .or(() -> home.cek("server"))
                .orElseThrow(() -> new CommandFailedException(
                        "the settings have no kms.cek.server",
                        "`make-home --mc-server` makes a home with an MC server"));
    }
}
