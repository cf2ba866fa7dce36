package org.mckms.client.cli;

import java.net.URI;
import java.nio.file.Path;
import org.mckms.client.AdminClient;
import org.mckms.client.KeyManagementClient;
import org.mckms.client.KmsClient;
import org.mckms.client.RequestStyle;
import org.mckms.client.TlsMaterial;
import org.mckms.client.store.ClientKeyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl demo}. */
@Command(
        name = "demo",
        description = "Register two users, let them and a server fetch, check and use their keys.",
        footer = {
            "",
            "Uses the development IdM and the certificates of the home, where the key stores of both users stay.",
            "Ends with 0 only if every step was right, the refusals that must happen included.",
            "Example: kmsctl demo --home .kms"
        })
final class DemoCommand extends KmsctlCommand {
    private static final String DEFAULT_SERVER = "mcptt-server";
    private static final String STRANGER = "stranger";

    @Option(names = "--kms", paramLabel = "URL", description = "the KMS (default: https://localhost:8443)")
    private URI kms;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "the operators' face (default: https://localhost:9443)")
    private URI admin;

    @Option(names = "--sender", paramLabel = "URI", description = "the user who sends (default: sip:alice@example.org)")
    private String sender = "sip:alice@example.org";

    @Option(
            names = "--receiver",
            paramLabel = "URI",
            description = "the user who receives (default: sip:bob@example.org)")
    private String receiver = "sip:bob@example.org";

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "MC server, a name under tls/servers of the home (default: " + DEFAULT_SERVER + ")")
    private String server = DEFAULT_SERVER;

    @Option(
            names = "--server-uri",
            paramLabel = "URI",
            description = "its URI (default: from kms.properties of the home, else sip:NAME@example.org)")
    private String serverUri;

    @Option(names = "--issuer", paramLabel = "URI", description = "iss (default: from kms.properties of the home)")
    private String issuer;

    @Option(names = "--audience", paramLabel = "NAME", description = "aud (default: from kms.properties of the home)")
    private String audience;

    @Mixin
    private ServerOptions serverOptions;

    @Override
    public Integer call() {
        DemoSteps steps = new DemoSteps(context(), json());
        DevelopmentIdm idm = DevelopmentIdm.load(home().idmKey(), context().random());
        DevelopmentIdm forger = DevelopmentIdm.generate(context().random());
        TlsMaterial tls = serverOptions.trusted(home());
        Path serverKey = home().server(server);
        String uriOfServer =
                serverUri != null ? serverUri : home().serverUri(server).orElse("sip:" + server + "@example.org");
        boolean right = false;
        DemoOperators operators =
                new DemoOperators(context(), home(), operatorClient("officer", tls), operatorClient("operator", tls));
        try (DemoParty alice = device(operators, steps, sender, idm, tls);
                DemoParty bob = device(operators, steps, receiver, idm, tls);
                DemoParty mcServer = party(
                        uriOfServer,
                        idm,
                        home().serverClientId(server).orElse(server),
                        ServerOptions.withKey(tls, serverKey, null));
                DemoParty unsigned = party(sender, idm, MintOptions.DEFAULT_CLIENT, tls);
                DemoParty stranger = new DemoParty(
                        STRANGER,
                        sender,
                        new DemoLine.Plain(client(sender, forger, MintOptions.DEFAULT_CLIENT, tls)),
                        context().clock())) {
            new Demo(
                            steps,
                            new Demo.Parties(alice, bob, mcServer, unsigned, stranger),
                            operators,
                            context().random(),
                            context().clock())
                    .run();
            right = true;
        } finally {
            if (json()) {
                JsonText.print(console(), steps.result(right));
            }
        }
        if (!json()) {
            console().print("all " + steps.count() + " steps were right");
        }
        return ExitCode.DONE;
    }

    /** A user whose device is registered now. */
    private DemoParty device(
            DemoOperators operators, DemoSteps steps, String uri, DevelopmentIdm idm, TlsMaterial tls) {
        ClientKeyStore store = operators.enrol(steps, shortName(uri), uri);
        KmsClient client = KmsClient.of(store)
                .tls(tls)
                .tokens(() -> token(idm, uri, MintOptions.DEFAULT_CLIENT))
                .limits(serverOptions.limits())
                .addresses(address())
                .clock(context().clock())
                .build();
        return new DemoParty(
                shortName(uri),
                uri,
                new DemoLine.Device(store, client),
                context().clock());
    }

    private DemoParty party(String uri, DevelopmentIdm idm, String clientId, TlsMaterial tls) {
        return new DemoParty(
                shortName(uri),
                uri,
                new DemoLine.Plain(client(uri, idm, clientId, tls)),
                context().clock());
    }

    private KeyManagementClient client(String uri, DevelopmentIdm idm, String clientId, TlsMaterial tls) {
        return new KeyManagementClient(
                serverOptions.endpoint(address(), tls),
                () -> token(idm, uri, clientId),
                RequestStyle.STANDARD,
                context().clock());
    }

    private String token(DevelopmentIdm idm, String uri, String clientId) {
        MintOptions mint = new MintOptions().withIssuer(issuer).withAudience(audience);
        return idm.mint(mint.order(home(), uri, clientId, context().clock().instant()));
    }

    private AdminClient operatorClient(String name, TlsMaterial tls) {
        return new AdminClient(serverOptions.endpoint(
                admin == null ? home().admin() : admin, ServerOptions.withKey(tls, home().operator(name), null)));
    }

    private URI address() {
        return kms == null ? home().kms() : kms;
    }

    private static String shortName(String uri) {
        String name = uri.substring(uri.indexOf(':') + 1);
        int at = name.indexOf('@');
        return at > 0 ? name.substring(0, at) : name;
    }
}
