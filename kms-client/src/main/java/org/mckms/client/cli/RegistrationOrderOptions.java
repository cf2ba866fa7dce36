package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.mckms.client.ClientKeysAdmin.Order;
import org.mckms.client.ClientKeysAdmin.Registered;
import org.mckms.client.file.PrivateFile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands that have keys made for a device share: for whom, how long they wait, and why. */
final class RegistrationOrderOptions {
    @Mixin
    private DeviceArguments device;

    @Option(
            names = "--valid-for",
            paramLabel = "DURATION",
            description = "how long the keys wait for their first use: P7D, PT12H (default: P7D)")
    private String validFor = "P7D";

    @Mixin
    private Reason reason;

    Order order() {
        try {
            return new Order(device.device(), Duration.parse(validFor), reason.text());
        } catch (DateTimeParseException e) {
            throw new WrongUseException("--valid-for: not a duration such as P7D or PT12H: " + validFor);
        }
    }

    /** Saves the registration file and says what to do with it, or that another officer has to approve. */
    void show(KmsctlCommand command, Registered registered, Path file) throws IOException {
        if (registered.file().isEmpty()) {
            new AdminResult(command).show("another officer has to approve keys of " + device, registered.answer());
            return;
        }
        PrivateFile.write(file, registered.file().get());
        if (!command.json()) {
            command.console()
                    .print("the keys of " + device + " are registered and wait " + validFor + " for their first use");
        }
        FileList.show(command, file);
        if (!command.json()) {
            command.console().hint("on the device: `kmsctl import-registration " + file + " --key-store NAME`");
        }
    }

    /** Refuses to overwrite what may be the only copy of other keys. */
    static void refuseExisting(Path file) {
        if (Files.exists(file)) {
            throw new CommandFailedException("the file exists already: " + file);
        }
    }
}
