package org.mckms.client.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Options that say what a development token holds. */
final class MintOptions {
    static final String DEFAULT_ISSUER = "https://idm.dev.localhost";
    static final String DEFAULT_AUDIENCE = "kms.dev.localhost";
    static final String DEFAULT_CLIENT = "kmsctl";
    private static final long DEFAULT_LIFETIME_SECONDS = 600;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            split = ",",
            description = "mcptt, mcvideo or mcdata; several with commas (default: mcptt)")
    private Set<Service> services = EnumSet.of(Service.MCPTT);

    @Option(names = "--client-id", paramLabel = "ID", description = "client_id of the token (default: kmsctl)")
    private String clientId;

    @Option(
            names = "--lifetime",
            paramLabel = "SECONDS",
            description = "until the token expires (default: " + DEFAULT_LIFETIME_SECONDS + ")")
    private long lifetimeSeconds = DEFAULT_LIFETIME_SECONDS;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "scope of the token, may be repeated (default: openid and key management of each service)")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--issuer", paramLabel = "URI", description = "iss (default: from kms.properties of the home)")
    private String issuer;

    @Option(names = "--audience", paramLabel = "NAME", description = "aud (default: from kms.properties of the home)")
    private String audience;

    @Option(
            names = "--key",
            paramLabel = "JWK",
            description = "private key of the development IdM (default: idm/dev-idm.jwk of the home)")
    private Path key;

    private boolean groupManagement;

    /** Adds the scopes of group management to the usual ones. */
    MintOptions forGroupManagement() {
        groupManagement = true;
        return this;
    }

    /** Lets tokens live longer than usual. */
    MintOptions withLifetime(Duration lifetime) {
        lifetimeSeconds = lifetime.toSeconds();
        return this;
    }

    /** Takes the issuer, unless it is null, in place of the usual one. */
    MintOptions withIssuer(String chosen) {
        issuer = chosen;
        return this;
    }

    /** Takes the audience, unless it is null, in place of the usual one. */
    MintOptions withAudience(String chosen) {
        audience = chosen;
        return this;
    }

    /** Mints a token for a user, with the client_id of the options, else {@code usualClient}. */
    String mint(CliContext context, Home home, String userUri, String usualClient) {
        return idm(context, home)
                .mint(order(home, userUri, usualClient, context.clock().instant()));
    }

    DevelopmentIdm idm(CliContext context, Home home) {
        return DevelopmentIdm.load(key == null ? home.idmKey() : key, context.random());
    }

    DevelopmentIdm.Order order(Home home, String userUri, String usualClient, Instant now) {
        if (lifetimeSeconds < 1) {
            throw new WrongUseException("--lifetime must be at least 1 second");
        }
        return new DevelopmentIdm.Order(
                issuer == null ? home.issuer().orElse(DEFAULT_ISSUER) : issuer,
                audience == null ? home.audience().orElse(DEFAULT_AUDIENCE) : audience,
                userUri,
                services,
                clientId == null ? usualClient : clientId,
                scopes.isEmpty() ? usualScopes() : scopes,
                now.truncatedTo(ChronoUnit.SECONDS),
                Duration.ofSeconds(lifetimeSeconds));
    }

    private List<String> usualScopes() {
        List<String> usual = new ArrayList<>(List.of("openid"));
        services.stream().sorted().forEach(service -> {
            usual.add(service.keyManagementScope());
            if (groupManagement) {
                usual.add(service.groupManagementScope());
            }
        });
        return usual;
    }
}
