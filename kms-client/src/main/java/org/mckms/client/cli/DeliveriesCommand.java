package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.Optional;
import org.mckms.client.DeliveriesAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl deliveries} and its verbs. */
@Command(
        name = "deliveries",
        description = "List what has not reached its receiver; retry or drop what was given up.",
        subcommands = {DeliveriesCommand.List.class, DeliveriesCommand.Retry.class, DeliveriesCommand.Drop.class},
        footer = {"", "Example: kmsctl deliveries list --state dead"})
final class DeliveriesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, retry or drop");
    }

    /** {@code kmsctl deliveries list}. */
    @Command(
            name = "list",
            description = "List the deliveries that have not arrived, the oldest first.",
            footer = {"", "Example: kmsctl deliveries list --state dead"})
    static final class List extends KmsctlCommand {
        @Option(names = "--state", paramLabel = "STATE", description = "only waiting, aside, claimed or dead ones")
        private String state;

        @Option(names = "--after", paramLabel = "N", description = "go on behind this one")
        private long after;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            DeliveriesAdmin deliveries = admin.client(home(), "operator").deliveries();
            JsonStructure answer = context()
                    .progress(
                            "asking for the deliveries",
                            () -> deliveries.list(Optional.ofNullable(state), after, limit));
            new AdminResult(this)
                    .showList(
                            answer,
                            "no such delivery",
                            "id",
                            "state",
                            "topic",
                            "destination",
                            "reference",
                            "attempts",
                            "createdAt",
                            "dueAt",
                            "reason");
            return ExitCode.DONE;
        }
    }

    /** An act on one delivery, for a reason that the audit trail keeps. */
    private abstract static class Act extends KmsctlCommand {
        @Parameters(paramLabel = "ID", description = "of the delivery, as `kmsctl deliveries list` shows it")
        private String id;

        @Mixin
        private Reason reason;

        @Mixin
        private AdminOptions admin;

        abstract JsonObject act(DeliveriesAdmin deliveries, String id, String reason);

        abstract String sentence(String id);

        @Override
        public final Integer call() {
            DeliveriesAdmin deliveries = admin.client(home(), "operator").deliveries();
            JsonObject answer = context().progress("changing the delivery", () -> act(deliveries, id, reason.text()));
            new AdminResult(this).show(sentence(id), answer);
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl deliveries retry}. */
    @Command(
            name = "retry",
            description = "Try one again at once, with all its attempts.",
            footer = {
                "",
                "Example: kmsctl deliveries retry 6f1c2d0e-4b7a-4c8e-9a51-0d3f5b7a9c11 --reason \"partner is back\""
            })
    static final class Retry extends Act {
        @Override
        JsonObject act(DeliveriesAdmin deliveries, String id, String reason) {
            return deliveries.retry(id, reason);
        }

        @Override
        String sentence(String id) {
            return "delivery " + id + " is tried again";
        }
    }

    /** {@code kmsctl deliveries drop}. */
    @Command(
            name = "drop",
            description = "Forget one for good.",
            footer = {
                "",
                "Example: kmsctl deliveries drop 6f1c2d0e-4b7a-4c8e-9a51-0d3f5b7a9c11 --reason \"receiver left\""
            })
    static final class Drop extends Act {
        @Override
        JsonObject act(DeliveriesAdmin deliveries, String id, String reason) {
            return deliveries.drop(id, reason);
        }

        @Override
        String sentence(String id) {
            return "delivery " + id + " is forgotten";
        }
    }
}
