package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.mckms.client.ClientKeysAdmin;
import org.mckms.client.ClientKeysAdmin.Order;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl client-keys import}. */
@Command(
        name = "import",
        description = "Register keys that a device has already.",
        footer = {
            "",
            "Without --ink the TrK signs as well, as in TS 33.179.",
            "Example: kmsctl client-keys import sip:alice@example.org phone-1 --reason \"of the old KMS\" \\",
            "           --trk alice.trk --trk-name tk.7.alice --ink alice.ink --ink-name ink.7.alice"
        })
final class ImportKeysCommand extends KmsctlCommand {
    @Mixin
    private RegistrationOrderOptions options;

    @Option(names = "--trk", paramLabel = "FILE", required = true, description = "TrK in hex or base64")
    private Path transportKey;

    @Option(names = "--trk-name", paramLabel = "NAME", required = true, description = "its name on the device")
    private String transportKeyName;

    @Option(names = "--ink", paramLabel = "FILE", description = "InK in hex or base64")
    private Path integrityKey;

    @Option(names = "--ink-name", paramLabel = "NAME", description = "its name on the device")
    private String integrityKeyName;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        if ((integrityKey == null) != (integrityKeyName == null)) {
            throw new WrongUseException("--ink and --ink-name go together");
        }
        Order order = options.order();
        ClientKeysAdmin client = admin.client(home(), "officer").clientKeys();
        admin.tellTarget(console(), home());
        try (ClientKeys keys = new ClientKeys(
                named(transportKeyName, transportKey),
                Optional.ofNullable(integrityKey).map(file -> named(integrityKeyName, file)))) {
            JsonObject answer = context().progress("importing keys", () -> client.importKeys(order, keys));
            new AdminResult(this).show("the keys are imported", answer);
        }
        return ExitCode.DONE;
    }

    private static NamedKey named(String name, Path file) {
        try (SecretOctets key = KeyFile.read(file)) {
            return NamedKey.takeFrom(name, key.<byte[]>use(octets -> octets.clone()));
        }
    }
}
