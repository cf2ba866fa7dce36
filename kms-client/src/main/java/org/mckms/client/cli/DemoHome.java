package org.mckms.client.cli;

import java.net.URI;
import org.mckms.client.AdminClient;
import org.mckms.client.KmsClient;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TlsMaterial;
import org.mckms.client.TokenSource;
import org.mckms.client.store.ClientKeyStore;

/** A development home in which a demonstration runs: its operators, its tokens, and its line to the KMS. */
final class DemoHome {
    private final CliContext context;
    private final Home home;
    private final ServerOptions serverOptions;

    DemoHome(CliContext context, Home home, ServerOptions serverOptions) {
        this.context = context;
        this.home = home;
        this.serverOptions = serverOptions;
    }

    CliContext context() {
        return context;
    }

    Home home() {
        return home;
    }

    /** The server at its address of the home, without an own certificate. */
    ServerEndpoint endpoint() {
        return serverOptions.endpoint(home.kms(), trusted());
    }

    TlsMaterial trusted() {
        return serverOptions.trusted(home);
    }

    /** A client for the owner of a store, to be built by the caller. */
    KmsClient.Builder client(ClientKeyStore store, TokenSource tokens) {
        return KmsClient.of(store)
                .tls(trusted())
                .tokens(tokens)
                .limits(serverOptions.limits())
                .addresses(home.kms())
                .clock(context.clock());
    }

    /** Tokens of a user, minted for each request. */
    TokenSource tokens(String uri) {
        return tokens(uri, MintOptions.DEFAULT_CLIENT);
    }

    TokenSource tokens(String uri, String clientId) {
        return () -> new MintOptions().forGroupManagement().mint(context, home, uri, clientId);
    }

    /** Officer and operator at work. */
    DemoOperators operators() {
        return new DemoOperators(context, home, operator("officer"), operator("operator"));
    }

    AdminClient operator(String name) {
        TlsMaterial tls = ServerOptions.withKey(trusted(), home.operator(name), null);
        URI address = home.admin();
        return new AdminClient(serverOptions.endpoint(address, tls));
    }
}
