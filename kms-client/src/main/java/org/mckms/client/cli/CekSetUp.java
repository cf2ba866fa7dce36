package org.mckms.client.cli;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.mckms.client.ClientKeysAdmin.Device;
import org.mckms.client.RegistrationImport;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.sealed.Opener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands of {@code kmsctl cek} that set up a development home. */
final class CekSetUp {
    private static final String REASON = "MC server of a development home";

    private CekSetUp() {}

    /**
     * Has two officers register a server, and takes the keys into its key store.
     *
     * @return the key store, open
     */
    static ClientKeyStore enrol(CliContext context, Home home, ServerRegistration officers, String server)
            throws IOException {
        Device device = new Device(
                home.serverUri(server)
                        .orElseThrow(() -> new CommandFailedException("the settings have no server " + server)),
                Optional.empty());
        return FreshPassphrase.use(context.random(), passphrase -> {
            byte[] file = officers.register(device, REASON, passphrase);
            try (Opener opener = Opener.passphrase(passphrase);
                    RegistrationImport registration = RegistrationImport.open(
                            file, opener, Optional.empty(), context.clock().instant())) {
                return RegistrationIntake.take(context, home, server, registration);
            }
        });
    }

    /** {@code kmsctl cek prepare}. */
    @Command(
            name = "prepare",
            description = "Give the KMS of a development home its certificate for MC servers.",
            footer = {
                "",
                "Writes tls/push.p12 as the PEM files that kms.cek.tls.certificate and kms.cek.tls.key name.",
                "Example: kmsctl cek prepare --home .kms"
            })
    static final class Prepare extends KmsctlCommand {
        @Override
        public Integer call() throws IOException {
            Path certificate = file("tls.certificate");
            Path key = file("tls.key");
            ServerTlsFiles.write(home().push(), certificate, key);
            FileList.show(this, certificate, key);
            return ExitCode.DONE;
        }

        private Path file(String setting) {
            return home().cek(setting)
                    .map(Path::of)
                    .orElseThrow(() -> new CommandFailedException(
                            "the settings have no kms.cek." + setting,
                            "`make-home --mc-server` makes a home with an MC server"));
        }
    }

    /** {@code kmsctl cek enrol}. */
    @Command(
            name = "enrol",
            description = "Register the MC server of a development home; `kmsctl serve` then plays it.",
            footer = {
                "",
                "Plays two officers and the server, as only a development home can: its keys go into a key store of the home.",
                "Example: kmsctl cek enrol --home .kms"
            })
    static final class Enrol extends KmsctlCommand {
        @Mixin
        private McServerOption server;

        @Option(names = "--again", description = "register anew, although there is a key store")
        private boolean again;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() throws IOException {
            String name = server.name(home());
            boolean registers = again || !KeyStoreOptions.named(name).exists(home());
            if (registers) {
                ServerRegistration officers = new ServerRegistration(
                        context(),
                        admin.client(home(), ServerRegistration.FIRST_OFFICER).clientKeys(),
                        admin.client(home(), ServerRegistration.SECOND_OFFICER).clientKeys());
                enrol(context(), home(), officers, name).close();
            }
            tell(name, registers);
            return ExitCode.DONE;
        }

        private void tell(String name, boolean registered) {
            if (json()) {
                JsonText.print(
                        console(),
                        Json.createObjectBuilder()
                                .add("server", name)
                                .add("registered", registered)
                                .build());
            } else {
                console()
                        .print(name + (registered ? " is registered" : " is registered already") + ", its keys are in "
                                + KeyStoreOptions.named(name).file(home()));
            }
        }
    }
}
