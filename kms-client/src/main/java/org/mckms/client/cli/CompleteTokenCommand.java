package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kmsctl complete-token}. */
@Command(
        name = "complete-token",
        description = "Make the keys that a token of an older release lacks.",
        footer = {"", "Makes nothing that is there already.", "Example: kmsctl complete-token"})
final class CompleteTokenCommand extends KmsctlCommand {
    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        AdminClient client = admin.client(home(), "officer");
        JsonObject answer = context().progress("making the missing keys", client::makeMissingKeys);
        new AdminResult(this).show(answer);
        return ExitCode.DONE;
    }
}
