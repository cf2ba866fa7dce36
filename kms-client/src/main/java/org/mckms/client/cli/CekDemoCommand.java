package org.mckms.client.cli;

import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import org.mckms.client.KmsClient;
import org.mckms.client.TlsMaterial;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.store.ClientKeyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kmsctl cek demo}. */
@Command(
        name = "demo",
        description = "Seal bodies of SIP messages between two users and an MC server, renew and end their keys.",
        footer = {
            "",
            "Plays the users and the server, and uses the certificates of the home, where the key stores of all stay.",
            "Ends with 0 only if every step was right, the refusals that must happen included.",
            "Example: kmsctl cek demo --home .kms"
        })
final class CekDemoCommand extends KmsctlCommand {
    private static final int SESSION_OCTETS = 6;

    @Mixin
    private McServerOption server;

    @Mixin
    private ServerOptions serverOptions;

    @Override
    public Integer call() throws IOException {
        DemoSteps steps = new DemoSteps(context(), json());
        boolean right = false;
        try {
            run(steps);
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

    private void run(DemoSteps steps) throws IOException {
        String name = server.name(home());
        URI address = home().cekUrl(name)
                .orElseThrow(() -> new CommandFailedException("the settings have no kms.server." + name + ".cek-url"));
        DemoHome place = new DemoHome(context(), home(), serverOptions);
        TlsMaterial listenerTls = ServerOptions.withKey(place.trusted(), home().serverListener(name), null);
        try (ClientKeyStore store = steps.run("two officers", "register " + name, () -> registered(place, name));
                McServerStandIn standIn = standIn(place, name, store, address)) {
            String serverUri = store.owner().userUri();
            CekDemo demo = new CekDemo(steps, standIn, listenerTls, serverUri, session());
            demo.open();
            demo.retry(place.operator("operator").deliveries());
            String domain = serverUri.substring(serverUri.indexOf('@'));
            try (CekDemoUser alice = CekDemoUser.enrol(place, steps, "alice", "sip:alice" + domain);
                    CekDemoUser bob = CekDemoUser.enrol(place, steps, "bob", "sip:bob" + domain)) {
                demo.run(alice, bob);
            }
        }
    }

    private DemoSteps.Outcome<ClientKeyStore> registered(DemoHome place, String name) {
        ServerRegistration officers = new ServerRegistration(
                context(),
                place.operator(ServerRegistration.FIRST_OFFICER).clientKeys(),
                place.operator(ServerRegistration.SECOND_OFFICER).clientKeys());
        try {
            ClientKeyStore store = CekSetUp.enrol(context(), home(), officers, name);
            return new DemoSteps.Outcome<>(store, String.join(" and ", KeyStoreText.activeNames(store)));
        } catch (IOException e) {
            throw new CommandFailedException("cannot make a key store: " + e.getMessage());
        }
    }

    private McServerStandIn standIn(DemoHome place, String name, ClientKeyStore store, URI address) {
        String uri = store.owner().userUri();
        KmsClient kms = place.client(
                        store, place.tokens(uri, home().serverClientId(name).orElse(name)))
                .tls(ServerOptions.withKey(place.trusted(), home().server(name), null))
                .build();
        CekKeys keys = KeyStoreOptions.named(name).openContentKeys(context(), home(), CekOwner.server(uri));
        return new McServerStandIn(kms, keys, address, context().random(), line -> {});
    }

    /** Tells the sessions of one run from those of another. */
    private String session() {
        byte[] random = new byte[SESSION_OCTETS];
        context().random().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
