package org.mckms.client.cli;

import java.net.URI;
import java.util.Optional;
import org.mckms.client.AdminClient;
import org.mckms.client.GroupManagerClient;
import org.mckms.client.KmsClient;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TlsMaterial;
import org.mckms.client.TokenSource;
import org.mckms.client.group.GroupClient;
import org.mckms.client.group.Sender;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.group.McService;

/** One system of the demonstration of group keys: its home, who manages groups there, and the devices of its users. */
final class GmsDemoSystem {
    private final CliContext context;
    private final Home home;
    private final ServerOptions serverOptions;
    private final String gmsUri;
    private final String managerUri;

    GmsDemoSystem(CliContext context, Home home, ServerOptions serverOptions) {
        this.context = context;
        this.home = home;
        this.serverOptions = serverOptions;
        this.gmsUri = required("uri");
        this.managerUri = required("managers").split("[, ]+")[0];
    }

    String gmsUri() {
        return gmsUri;
    }

    /** An identity of this system's domain. */
    String uri(String name) {
        return "sip:" + name + gmsUri.substring(gmsUri.indexOf('@'));
    }

    /** Who makes groups here. */
    GroupManagerClient manager() {
        return new GroupManagerClient(gms(), tokens(managerUri));
    }

    /** Registers the device of a user, fetches its keys and opens what it needs as a member of groups. */
    GroupDevice enrol(DemoSteps steps, String name) {
        ClientKeyStore store = operators().enrol(steps, name, uri(name));
        try {
            KmsClient kms = KmsClient.of(store)
                    .tls(gms().tls())
                    .tokens(tokens(uri(name)))
                    .addresses(home.kms())
                    .clock(context.clock())
                    .build();
            steps.run(name, "KMS Initialize, KMS KeyProvision", () -> {
                kms.init();
                return new DemoSteps.Outcome<>(
                        true, "key period " + kms.provision().get(0).period());
            });
            return new GroupDevice(
                    store,
                    KeyStoreOptions.named(name).openGroupKeys(context, home, uri(name)),
                    kms,
                    pvt -> false,
                    new Sender(gmsUri, store.owner().kmsUri()),
                    new GroupClient(gms(), tokens(uri(name))),
                    McService.MCPTT);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private ServerEndpoint gms() {
        return serverOptions.endpoint(home.kms(), serverOptions.trusted(home));
    }

    private DemoOperators operators() {
        return new DemoOperators(context, home, operator("officer"), operator("operator"));
    }

    private AdminClient operator(String name) {
        TlsMaterial tls = ServerOptions.withKey(serverOptions.trusted(home), home.operator(name), null);
        URI address = home.admin();
        return new AdminClient(serverOptions.endpoint(address, tls));
    }

    private TokenSource tokens(String uri) {
        return () -> new MintOptions().forGroupManagement().mint(context, home, uri, MintOptions.DEFAULT_CLIENT);
    }

    private String required(String key) {
        Optional<String> value = home.gms(key);
        return value.orElseThrow(() -> new CommandFailedException(
                home.directory() + " has no GMS: gms." + key + " is not set", "`make-home --gms` makes one"));
    }
}
