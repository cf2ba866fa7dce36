package org.mckms.client.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mckms.client.ClientKeysAdmin.Device;
import org.mckms.client.file.PrivateFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl gms enrol}. */
@Command(
        name = "enrol",
        description = "Give the GMS of a development home its certificate, its tokens and its registration.",
        footer = {
            "",
            "Plays the platform, the identity management server and two officers, as only a development home can. The",
            "files go where the settings gms.* say; tokens are made anew each time, the registration if there is no key",
            "store yet. The server takes all of it by itself.",
            "Example: kmsctl gms enrol --home .kms"
        })
final class GmsEnrolCommand extends KmsctlCommand {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);
    private static final String REASON = "group management server of a development home";

    @Option(names = "--again", description = "register anew, although there is a key store")
    private boolean again;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() throws IOException {
        String uri = required("uri");
        String name = home().serverNamed(uri)
                .orElseThrow(() -> new CommandFailedException("the settings have no server with the URI " + uri));
        ServerTlsFiles.write(home().server(name), file("tls.certificate"), file("tls.key"));
        writeToken(file("token-file"), uri, home().serverClientId(name).orElse(name), home().audience());
        for (String partner : home().gmsPartners()) {
            writeToken(
                    file("partner." + partner + ".token-file"),
                    uri,
                    uri,
                    Optional.of(required("partner." + partner + ".kms-uri")));
        }
        boolean registered = again || !Files.exists(keyStore());
        if (registered) {
            register(uri);
        }
        tell(uri, registered);
        return ExitCode.DONE;
    }

    private Path keyStore() {
        String node = home().node().orElseThrow(() -> new CommandFailedException("the settings have no kms.node"));
        return file("store-dir").resolve("gms-" + node + Home.CLIENT_SUFFIX);
    }

    private void writeToken(Path file, String uri, String clientId, Optional<String> audience) throws IOException {
        MintOptions mint = new MintOptions().forGroupManagement().withLifetime(TOKEN_LIFETIME);
        audience.ifPresent(mint::withAudience);
        PrivateFile.write(file, (mint.mint(context(), home(), uri, clientId) + "\n").getBytes(US_ASCII));
    }

    private void register(String uri) throws IOException {
        Path file = file("registration-file");
        Path passphraseFile = file("registration-passphrase-file");
        Device device = new Device(uri, home().node());
        ServerRegistration officers = new ServerRegistration(
                context(),
                admin.client(home(), ServerRegistration.FIRST_OFFICER).clientKeys(),
                admin.client(home(), ServerRegistration.SECOND_OFFICER).clientKeys());
        Files.deleteIfExists(file);
        Files.deleteIfExists(passphraseFile);
        byte[] registration = FreshPassphrase.use(context().random(), passphrase -> {
            FreshPassphrase.write(passphraseFile, passphrase);
            return officers.register(device, REASON, passphrase);
        });
        PrivateFile.write(file, registration);
    }

    private String required(String key) {
        return home().gms(key)
                .orElseThrow(() -> new CommandFailedException(
                        "the settings have no gms." + key, "`make-home --gms` makes a home with a GMS"));
    }

    private Path file(String key) {
        return Path.of(required(key));
    }

    private void tell(String uri, boolean registered) {
        if (json()) {
            JsonText.print(
                    console(),
                    Json.createObjectBuilder()
                            .add("gms", uri)
                            .add("registered", registered)
                            .build());
        } else {
            console()
                    .print(uri + (registered ? " is registered, and has" : " is registered already, and has")
                            + " a certificate and tokens for " + TOKEN_LIFETIME.toHours() + " hours");
        }
    }
}
