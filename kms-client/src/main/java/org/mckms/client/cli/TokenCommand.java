package org.mckms.client.cli;

import jakarta.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl token}. */
@Command(
        name = "token",
        description = "Mint an access token of the development IdM; revoke tokens.",
        subcommands = {TokenRevocationCommands.Revoke.class, TokenRevocationCommands.List.class},
        footer = {
            "",
            "Examples: kmsctl token --user sip:alice@example.org > alice.jwt",
            "          kmsctl token --user sip:bob@example.org --service mcptt,mcdata --lifetime 60",
            "          kmsctl token revoke --uri sip:bob@example.org --reason \"device stolen\""
        })
final class TokenCommand extends KmsctlCommand {
    @Option(names = "--user", paramLabel = "URI", description = "MC service user ID that the token is for")
    private String user;

    @Mixin
    private MintOptions mint;

    @Override
    public Integer call() {
        if (user == null) {
            throw new WrongUseException("say whom the token is for: --user");
        }
        Instant now = context().clock().instant().truncatedTo(ChronoUnit.SECONDS);
        DevelopmentIdm.Order order = mint.order(home(), user, MintOptions.DEFAULT_CLIENT, now);
        String token = mint.idm(context(), home()).mint(order);
        if (json()) {
            JsonText.print(
                    console(),
                    Json.createObjectBuilder()
                            .add("token", token)
                            .add("issuer", order.issuer())
                            .add("audience", order.audience())
                            .add("user", order.userUri())
                            .add("clientId", order.clientId())
                            .add("scope", String.join(" ", order.scopes()))
                            .add("expires", now.plus(order.lifetime()).toString())
                            .build());
        } else {
            console().print(token);
        }
        return ExitCode.DONE;
    }
}
