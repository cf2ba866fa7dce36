package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kmsctl unblock}. */
@Command(
        name = "unblock",
        description = "Let an identity have keys again.",
        footer = {"", "Example: kmsctl unblock sip:alice@example.org"})
final class UnblockCommand extends KmsctlCommand {
    @Parameters(paramLabel = "URI", description = "the identity, exactly as it was blocked")
    private String uri;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        AdminClient client = admin.client(home(), "operator");
        JsonObject answer = context().progress("unblocking", () -> client.unblock(uri));
        new AdminResult(this).show(uri + " is no longer blocked", answer);
        return ExitCode.DONE;
    }
}
