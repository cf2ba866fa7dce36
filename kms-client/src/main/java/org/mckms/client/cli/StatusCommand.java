package org.mckms.client.cli;

import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kmsctl status}. */
@Command(
        name = "status",
        description = "Show vault, token, epoch, database, and why the server is not ready if it is not.",
        footer = {"", "Example: kmsctl status"})
final class StatusCommand extends KmsctlCommand {
    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        AdminClient client = admin.client(home(), "operator");
        new AdminResult(this).show(context().progress("asking for the status", client::status));
        return ExitCode.DONE;
    }
}
