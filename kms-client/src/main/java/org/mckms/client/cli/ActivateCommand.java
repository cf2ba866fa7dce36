package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl activate}. */
@Command(
        name = "activate",
        description = "Activate the vault with the PIN of the token.",
        footer = {
            "",
            "One attempt: with a wrong PIN the vault stays inactive. Before the PIN is asked for or sent, the server",
            "and the set-up folder that it comes from are shown.",
            "Example: kmsctl activate --pin-file .kms/pin"
        })
final class ActivateCommand extends KmsctlCommand {
    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description = "file whose first line is the PIN (default: ask for it)")
    private Path pinFile;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        AdminClient client = admin.client(home(), "operator");
        admin.tellTarget(console(), home());
        char[] pin = pin();
        try {
            JsonObject answer = context().progress("activating the vault", () -> client.activate(pin));
            new AdminResult(this).show("the vault is active", answer);
        } finally {
            Arrays.fill(pin, '\0');
        }
        return ExitCode.DONE;
    }

    private char[] pin() {
        if (pinFile != null) {
            return SecretFile.firstLine(pinFile);
        }
        return console()
                .askSecret("PIN of the token:")
                .orElseThrow(() -> new WrongUseException("no PIN: there is no terminal to ask at, give --pin-file"));
    }
}
