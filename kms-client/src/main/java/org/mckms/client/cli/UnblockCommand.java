package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;

/** {@code kmsctl unblock}. */
@Command(
        name = "unblock",
        description = "Let an identity have keys again.",
        footer = {"", "Example: kmsctl unblock sip:alice@example.org --reason \"device found\""})
final class UnblockCommand extends IdentityActCommand {
    UnblockCommand() {
        super("operator", "unblocking");
    }

    @Override
    JsonObject act(AdminClient client, String uri, String reason) {
        return client.unblock(uri, reason);
    }

    @Override
    String sentence(String uri, JsonObject answer) {
        return uri + " is no longer blocked";
    }
}
