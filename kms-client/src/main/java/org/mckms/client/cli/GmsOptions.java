package org.mckms.client.cli;

import java.net.URI;
import java.util.Optional;
import org.mckms.client.GroupManagerClient;
import org.mckms.client.ServerEndpoint;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that speak with a group management server: which one, and as whom. */
final class GmsOptions {
    private static final String TOKEN_VARIABLE = "KMS_TOKEN";

    @Option(
            names = "--gms",
            paramLabel = "URL",
            description = "the group management server (default: the KMS of the home)")
    private URI gms;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "access token; - for standard input (default: environment variable KMS_TOKEN)")
    private String tokenFile;

    @Option(names = "--user", paramLabel = "URI", description = "mint a development token for this user")
    private String user;

    @Mixin
    private ServerOptions server;

    @ArgGroup(exclusive = false, validate = false, heading = "%nDevelopment token (when there is no --token-file):%n")
    private MintOptions mint = new MintOptions();

    /** A client for one who manages groups: the user given, else the first in gms.managers of the home. */
    GroupManagerClient manager(CliContext context, Home home) {
        AccessToken token = token(context, home, firstManager(home));
        return new GroupManagerClient(endpoint(home), token::text);
    }

    /** Where the server is; whom to trust and how long to wait. */
    ServerEndpoint endpoint(Home home) {
        return server.endpoint(gms == null ? home.kms() : gms, server.trusted(home));
    }

    /** The token given, else one that is minted now. @param usualUser whom for, unless an option says it */
    AccessToken token(CliContext context, Home home, Optional<String> usualUser) {
        if (tokenFile != null && user != null) {
            throw new WrongUseException("give --token-file or --user, not both");
        }
        if (tokenFile != null) {
            return TokenText.read(context, tokenFile);
        }
        String fromEnvironment = context.environment().get(TOKEN_VARIABLE);
        if (user == null && fromEnvironment != null && !fromEnvironment.isBlank()) {
            return new AccessToken(fromEnvironment);
        }
        return Optional.ofNullable(user)
                .or(() -> usualUser)
                .map(uri ->
                        new AccessToken(mint.forGroupManagement().mint(context, home, uri, MintOptions.DEFAULT_CLIENT)))
                .orElseThrow(
                        () -> new WrongUseException("no access token: give --token-file, --user or " + TOKEN_VARIABLE));
    }

    private static Optional<String> firstManager(Home home) {
        return home.gms("managers").map(list -> list.split("[, ]+")[0]).filter(uri -> !uri.isEmpty());
    }
}
