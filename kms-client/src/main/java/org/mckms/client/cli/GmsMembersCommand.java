package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.mckms.client.GroupManagerClient.NewMember;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl gms members} and its verbs. */
@Command(
        name = "members",
        description = "List, show, add and remove the members of a group.",
        subcommands = {
            GmsMembersCommand.List.class,
            GmsMembersCommand.Show.class,
            GmsMembersCommand.Add.class,
            GmsMembersCommand.Remove.class
        },
        footer = {"", "Example: kmsctl gms members list sip:fire-7@example.org"})
final class GmsMembersCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, show, add or remove");
    }

    /** {@code kmsctl gms members list}. */
    @Command(
            name = "list",
            description = "List members with the state of each of their keys.",
            footer = {"", "Example: kmsctl gms members list sip:fire-7@example.org --limit 100"})
    static final class List extends GmsManagerCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Option(names = "--after", paramLabel = "N", description = "go on behind the member with this number")
        private String after;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Override
        public Integer call() {
            JsonObject page =
                    ask("asking for the members", client -> client.members(group, Optional.ofNullable(after), limit));
            if (json()) {
                JsonText.print(console(), page);
            } else {
                print(page);
            }
            return ExitCode.DONE;
        }

        private void print(JsonObject page) {
            Table table = table();
            java.util.List<JsonObject> members = JsonText.items(page);
            members.forEach(member -> rows(table, member));
            if (members.isEmpty()) {
                console().print("no member");
                return;
            }
            table.print(console());
            JsonText.member(page, "next").ifPresent(next -> console().hint("there are more: add --after " + next));
        }
    }

    /** {@code kmsctl gms members show}. */
    @Command(
            name = "show",
            description = "Show one member with the state of each key.",
            footer = {"", "Example: kmsctl gms members show sip:fire-7@example.org sip:carol@example.org"})
    static final class Show extends GmsManagerCommand {
        @Parameters(index = "0", paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Parameters(index = "1", paramLabel = "MEMBER", description = "URI of the member")
        private String uri;

        @Override
        public Integer call() {
            JsonObject member = ask("asking for the member", client -> client.member(group, uri));
            if (json()) {
                JsonText.print(console(), member);
                return ExitCode.DONE;
            }
            Table table = table();
            rows(table, member);
            table.print(console());
            return ExitCode.DONE;
        }
    }

    private static Table table() {
        return Table.withHead("NUMBER", "MEMBER", "KMS", "KEY", "STATE", "REASON");
    }

    /** One row for each key; the member is named in the first. */
    private static void rows(Table table, JsonObject member) {
        java.util.List<String> head = java.util.List.of(
                JsonText.member(member, "number").orElse("-"),
                JsonText.member(member, "uri").orElse("-"),
                JsonText.member(member, "kms").orElse("-"));
        java.util.List<String> begin = head;
        for (JsonValue value : member.getJsonArray("keys")) {
            JsonObject key = value.asJsonObject();
            java.util.List<String> row = new ArrayList<>(begin);
            row.add(JsonText.member(key, "id").orElse("-"));
            row.add(JsonText.member(key, "state").orElse("-"));
            row.add(JsonText.member(key, "reason").orElse("-"));
            table.row(row);
            begin = java.util.List.of("", "", "");
        }
        if (begin == head) {
            table.row(head);
        }
    }

    /** {@code kmsctl gms members add}. */
    @Command(
            name = "add",
            description = "Add members; they get the current keys, or all get new ones.",
            footer = {
                "",
                "A member is a URI, or a URI and that of its KMS if it is another system's.",
                "Example: kmsctl gms members add sip:fire-7@example.org sip:carol@example.org --wait"
            })
    static final class Add extends GmsManagerCommand {
        /** What one call takes. */
        private static final int MOST_AT_ONCE = 1000;

        @Parameters(index = "0", paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Parameters(index = "1..*", paramLabel = "MEMBER", description = "the members")
        private java.util.List<String> members = new ArrayList<>();

        @Option(names = "--members-file", paramLabel = "FILE", description = "members, one in each line")
        private Path membersFile;

        @Option(
                names = "--rekey",
                description = "give all new keys, so that the newcomers cannot understand what was said before")
        private boolean rekey;

        @Mixin
        private GroupJobWatch watch;

        @Override
        public Integer call() {
            java.util.List<NewMember> all = GroupValues.members(members, membersFile);
            if (all.isEmpty()) {
                throw new WrongUseException("name the members, or give --members-file");
            }
            int exit = ExitCode.DONE;
            for (int from = 0; from < all.size(); from += MOST_AT_ONCE) {
                java.util.List<NewMember> part = all.subList(from, Math.min(all.size(), from + MOST_AT_ONCE));
                boolean first = from == 0;
                exit = start(
                        "adding members",
                        watch,
                        part.size() + " members are added" + (first && rekey ? "; all get new keys" : ""),
                        client -> client.addMembers(group, part, first && rekey));
            }
            return exit;
        }
    }

    /** {@code kmsctl gms members remove}. */
    @Command(
            name = "remove",
            description = "Remove a member; those who stay get new keys.",
            footer = {"", "Example: kmsctl gms members remove sip:fire-7@example.org sip:carol@example.org"})
    static final class Remove extends GmsManagerCommand {
        @Parameters(index = "0", paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Parameters(index = "1", paramLabel = "MEMBER", description = "URI of the member")
        private String member;

        @Mixin
        private GroupJobWatch watch;

        @Override
        public Integer call() {
            return start(
                    "removing the member",
                    watch,
                    member + " is no member any more; the others get new keys",
                    client -> client.removeMember(group, member));
        }
    }
}
