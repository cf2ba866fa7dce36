package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.AdminClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kmsctl epochs} and {@code kmsctl epochs retire}. */
@Command(
        name = "epochs",
        description = "List epochs; retire one.",
        subcommands = EpochsCommand.Retire.class,
        footer = {"", "Examples: kmsctl epochs", "          kmsctl epochs retire 5e0c6f52-3e5e-4ab6-8a55-0ce7f5aa1d3c"})
final class EpochsCommand extends KmsctlCommand {
    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        AdminClient client = admin.client(home(), "operator");
        new AdminResult(this)
                .showList(
                        context().progress("asking for the epochs", client::epochs),
                        "there is no epoch yet; `kmsctl ceremony` makes one",
                        "id",
                        "state",
                        "purpose",
                        "origin",
                        "current",
                        "certUri",
                        "validFrom",
                        "validTo",
                        "userKeyPeriod",
                        "userKeyOffset");
        return ExitCode.DONE;
    }

    /** {@code kmsctl epochs retire}. */
    @Command(
            name = "retire",
            description = "Destroy the keys of an epoch on the token, for good.",
            footer = {"", "Example: kmsctl epochs retire 5e0c6f52-3e5e-4ab6-8a55-0ce7f5aa1d3c"})
    static final class Retire extends KmsctlCommand {
        @Parameters(paramLabel = "ID", description = "id of the epoch, as `kmsctl epochs` shows it")
        private String id;

        @Mixin
        private Confirmation confirmation;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            AdminClient client = admin.client(home(), "officer");
            confirm();
            JsonObject answer = context().progress("retiring the epoch", () -> client.retireEpoch(id));
            new AdminResult(this).show("the epoch is retired", answer);
            return ExitCode.DONE;
        }

        private void confirm() {
            confirmation.require(
                    console(), this::explain, "Type the id of the epoch to go on:", id, "nothing was retired");
        }

        private void explain() {
            console()
                    .tell("The master secrets of epoch " + id
                            + " will be lost for good. Its users' keys stay valid until");
            console().tell("their key period ends, and no more are issued.");
        }
    }
}
