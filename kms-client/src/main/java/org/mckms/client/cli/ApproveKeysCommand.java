package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.mckms.client.ClientKeysAdmin;
import org.mckms.client.ClientKeysAdmin.Order;
import org.mckms.client.ClientKeysAdmin.Registered;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl client-keys approve}. */
@Command(
        name = "approve",
        description = "Approve keys of an MC server or GMS that another officer asked for; the file is yours.",
        footer = {
            "",
            "Example: kmsctl client-keys approve sip:mcptt@example.org --operator officer2 --reason \"new server\" \\",
            "           --output mcptt.reg --recipient-cert mcptt.pem"
        })
final class ApproveKeysCommand extends KmsctlCommand {
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
                passphrase -> context().progress("approving", () -> keys.approve(order, passphrase)),
                certificate -> context().progress("approving", () -> keys.approveFor(order, certificate)));
        options.show(this, registered, file);
        return ExitCode.DONE;
    }
}
