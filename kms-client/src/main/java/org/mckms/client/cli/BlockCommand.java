package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl block}. */
@Command(
        name = "block",
        description = "Refuse keys to an identity from now on.",
        footer = {
            "",
            "Keys it has already stay valid until their key period ends.",
            "Example: kmsctl block sip:alice@example.org --reason \"device stolen\""
        })
final class BlockCommand extends KmsctlCommand {
    @Parameters(paramLabel = "URI", description = "the identity, exactly as in its keys")
    private String uri;

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why; goes into the audit trail")
    private String reason;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        AdminClient client = admin.client(home(), "operator");
        JsonObject answer = context().progress("blocking", () -> client.block(uri, reason));
        new AdminResult(this).show(uri + " is blocked", answer);
        return ExitCode.DONE;
    }
}
