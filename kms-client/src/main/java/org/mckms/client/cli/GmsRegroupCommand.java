package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.mckms.client.GroupManagerClient.PartnerGroup;
import org.mckms.client.GroupManagerClient.RegroupOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl gms regroup} and its verbs. */
@Command(
        name = "regroup",
        description = "Make a temporary group of groups of several systems, show and end it.",
        subcommands = {
            GmsRegroupCommand.Start.class,
            GmsRegroupCommand.List.class,
            GmsRegroupCommand.Show.class,
            GmsRegroupCommand.Rekey.class,
            GmsRegroupCommand.End.class
        },
        footer = {"", "Example: kmsctl gms regroup show 7d5c..."})
final class GmsRegroupCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: start, list, show, rekey or end");
    }

    /** {@code kmsctl gms regroup start}. */
    @Command(
            name = "start",
            description = "Make a temporary group and give its keys to all members of all systems.",
            footer = {
                "",
                "Example: kmsctl gms regroup start sip:tmp-7@example.org --group sip:fire-7@example.org \\",
                "           --partner-group \"sip:gms@b.example sip:police@b.example\" --uses media,floor"
            })
    static final class Start extends GmsManagerCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the temporary group, new")
        private String temporaryGroup;

        @Mixin
        private GroupOptions options;

        @Option(names = "--group", paramLabel = "URI", description = "a group of yours; may be repeated")
        private java.util.List<String> groups = new ArrayList<>();

        @Option(
                names = "--partner-group",
                paramLabel = "\"GMS GROUP\"",
                description = "URI of the partner's GMS and of a group there; may be repeated")
        private java.util.List<String> partnerGroups = new ArrayList<>();

        @Option(names = "--until", paramLabel = "TIME", description = "when it ends by itself")
        private String until;

        @Override
        public Integer call() {
            Optional<Instant> expiry = Optional.ofNullable(until).map(text -> Texts.instant(text, "--until"));
            RegroupOrder order = new RegroupOrder(
                    temporaryGroup,
                    options.name(),
                    options.service(),
                    options.uses(),
                    groups,
                    partnerGroups.stream().map(Start::partnerGroup).toList(),
                    expiry);
            new AdminResult(this)
                    .show(
                            "the temporary group is made; the partners are told",
                            ask("making the temporary group", client -> client.regroup(order)));
            return ExitCode.DONE;
        }

        private static PartnerGroup partnerGroup(String text) {
            String[] parts = text.strip().split("[ ,]+");
            if (parts.length != 2) {
                throw new WrongUseException("not a group of a partner: " + text + " (write \"GMS-URI GROUP-URI\")");
            }
            return new PartnerGroup(parts[0], parts[1]);
        }
    }

    /** {@code kmsctl gms regroup list}. */
    @Command(
            name = "list",
            description = "List your temporary groups and how far each partner is, the newest first.",
            footer = {"", "Example: kmsctl gms regroup list"})
    static final class List extends GmsManagerCommand {
        @Option(names = "--before", paramLabel = "TIME", description = "go on with those made before this time")
        private String before;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Override
        public Integer call() {
            JsonObject page =
                    ask("asking for the regroups", client -> client.regroups(Optional.ofNullable(before), limit));
            new AdminResult(this)
                    .showPage(
                            page,
                            "no temporary group",
                            "regroup",
                            "role",
                            "temporaryGroup",
                            "partner",
                            "state",
                            "members",
                            "acknowledged",
                            "failed",
                            "reason");
            if (!json()) {
                JsonText.member(page, "next").ifPresent(next -> console().hint("there are more: add --before " + next));
            }
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl gms regroup show}. */
    @Command(
            name = "show",
            description = "Show how far each partner is with the keys of a temporary group.",
            footer = {"", "Example: kmsctl gms regroup show 7d5c..."})
    static final class Show extends GmsManagerCommand {
        @Parameters(paramLabel = "REGROUP", description = "id of the regroup")
        private String id;

        @Override
        public Integer call() {
            new AdminResult(this).show(ask("asking for the regroup", client -> client.regroup(id)));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl gms regroup rekey}. */
    @Command(
            name = "rekey",
            description = "Give a temporary group new keys in all systems.",
            footer = {"", "Example: kmsctl gms regroup rekey 7d5c..."})
    static final class Rekey extends GmsManagerCommand {
        @Parameters(paramLabel = "REGROUP", description = "id of the regroup")
        private String id;

        @Option(names = "--at", paramLabel = "TIME", description = "when all begin to use them (default: at once)")
        private String at;

        @Override
        public Integer call() {
            Optional<Instant> activation = Optional.ofNullable(at).map(text -> Texts.instant(text, "--at"));
            new AdminResult(this)
                    .show(
                            "new keys are on their way",
                            ask("ordering new keys", client -> client.rekeyRegroup(id, activation)));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl gms regroup end}. */
    @Command(
            name = "end",
            description = "End a temporary group: its keys are revoked in all systems.",
            footer = {"", "Example: kmsctl gms regroup end 7d5c..."})
    static final class End extends GmsManagerCommand {
        @Parameters(paramLabel = "REGROUP", description = "id of the regroup")
        private String id;

        @Override
        public Integer call() {
            new AdminResult(this)
                    .show(
                            "the temporary group ends; the partners are told",
                            ask("ending the temporary group", client -> client.endRegroup(id)));
            return ExitCode.DONE;
        }
    }
}
