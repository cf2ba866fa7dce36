package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.mckms.client.ClientKeysAdmin;
import org.mckms.client.ClientKeysAdmin.Order;
import org.mckms.client.ClientKeysAdmin.Registered;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl client-keys register}. */
@Command(
        name = "register",
        description = "Have the first keys of a device made and sealed into a registration file.",
        footer = {
            "",
            "The file is given once. Take file and passphrase to the device on different ways.",
            "For an MC server or GMS, which needs two officers, see `kmsctl client-keys request` and `approve`.",
            "Example: kmsctl client-keys register sip:alice@example.org phone-1 --reason \"new phone\" \\",
            "           --output alice.reg --make-passphrase alice.pass"
        })
final class RegisterKeysCommand extends KmsctlCommand {
    @Mixin
    private RegistrationOrderOptions options;

    @Mixin
    private SealOptions seal;

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "where the registration file goes")
    private Path file;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() throws IOException {
        Order order = options.order();
        RegistrationOrderOptions.refuseExisting(file);
        ClientKeysAdmin keys = admin.client(home(), "officer").clientKeys();
        Registered registered = seal.use(
                context(),
                passphrase -> context().progress("registering", () -> keys.register(order, passphrase)),
                certificate -> context().progress("registering", () -> keys.registerFor(order, certificate)));
        options.show(this, registered, file);
        return ExitCode.DONE;
    }
}
