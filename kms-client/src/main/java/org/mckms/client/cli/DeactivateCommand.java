package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kmsctl deactivate}. */
@Command(
        name = "deactivate",
        description = "Wipe the master secrets from memory and log out of the token.",
        footer = {
            "",
            "From then on no keys are issued until `kmsctl activate`.",
            "Example: kmsctl deactivate --reason \"maintenance of the HSM\""
        })
final class DeactivateCommand extends KmsctlCommand {
    @Mixin
    private Reason reason;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        AdminClient client = admin.client(home(), "operator");
        JsonObject answer = context().progress("deactivating the vault", () -> client.deactivate(reason.text()));
        new AdminResult(this).show("the vault is inactive", answer);
        return ExitCode.DONE;
    }
}
