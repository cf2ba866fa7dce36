package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.Optional;
import org.mckms.client.CeksAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl ceks} and its verbs. */
@Command(
        name = "ceks",
        description = "List the content encryption keys of users and servers; end those of a user.",
        subcommands = {CeksCommand.List.class, CeksCommand.End.class},
        footer = {"", "Example: kmsctl ceks list --user sip:alice@example.org"})
final class CeksCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list or end");
    }

    /** {@code kmsctl ceks list}. */
    @Command(
            name = "list",
            description =
                    "List keys in the order of their Key IDs, ended ones while they are remembered; never a key itself.",
            footer = {
                "",
                "A key whose ACKNOWLEDGED is below its REVISION is on its way to the server: `kmsctl deliveries list` says how far.",
                "Example: kmsctl ceks list --user sip:alice@example.org"
            })
    static final class List extends KmsctlCommand {
        @Option(names = "--user", paramLabel = "URI", description = "only keys of this user")
        private String user;

        @Option(names = "--server", paramLabel = "URI", description = "only keys that this MC server shares")
        private String server;

        @Option(names = "--after", paramLabel = "HEX", description = "go on behind this Key ID")
        private String after;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            CeksAdmin ceks = admin.client(home(), "operator").ceks();
            JsonStructure answer = context()
                    .progress(
                            "asking for the keys",
                            () -> ceks.list(
                                    Optional.ofNullable(user),
                                    Optional.ofNullable(server),
                                    Optional.ofNullable(after),
                                    limit));
            new AdminResult(this)
                    .showPage(
                            answer,
                            "no such key",
                            "keyId",
                            "state",
                            "user",
                            "server",
                            "session",
                            "revision",
                            "acknowledged",
                            "validTo",
                            "ending",
                            "integrity");
            tellRest(answer);
            return ExitCode.DONE;
        }

        private void tellRest(JsonStructure answer) {
            if (!json() && JsonText.items(answer).size() == limit) {
                JsonText.member(answer, "next")
                        .ifPresent(next -> console().hint("there may be more: add --after " + next));
            }
        }
    }

    /** {@code kmsctl ceks end}. */
    @Command(
            name = "end",
            description = "End all keys of a user; both ends are told. The user may have new ones.",
            footer = {
                "",
                "`kmsctl block` keeps the user from having new ones, `kmsctl token revoke` who holds a stolen token.",
                "Example: kmsctl ceks end sip:alice@example.org"
            })
    static final class End extends KmsctlCommand {
        @Parameters(paramLabel = "URI", description = "the user, exactly as in the keys")
        private String user;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            CeksAdmin ceks = admin.client(home(), "operator").ceks();
            JsonObject answer = context().progress("ending the keys", () -> ceks.end(user));
            new AdminResult(this).show("the keys of " + user + " are over", answer);
            return ExitCode.DONE;
        }
    }
}
