package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;

/** {@code kmsctl block}. */
@Command(
        name = "block",
        description = "Refuse keys to an identity from now on.",
        footer = {
            "",
            "Keys it has already stay valid until their key period ends.",
            "Example: kmsctl block sip:alice@example.org --reason \"device stolen\""
        })
final class BlockCommand extends IdentityActCommand {
    BlockCommand() {
        super("operator", "blocking");
    }

    @Override
    JsonObject act(AdminClient client, String uri, String reason) {
        return client.block(uri, reason);
    }

    @Override
    String sentence(String uri, JsonObject answer) {
        return uri + " is blocked";
    }
}
