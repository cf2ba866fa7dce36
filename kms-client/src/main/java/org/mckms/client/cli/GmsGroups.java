package org.mckms.client.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.mckms.client.GroupManagerClient.GroupOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands of {@code kmsctl gms} that make, show and end groups. */
final class GmsGroups {
    private GmsGroups() {}

    /** {@code kmsctl gms create}. */
    @Command(
            name = "create",
            description = "Make a group; its members get its first keys.",
            footer = {
                "",
                "A member is a URI, or a URI and that of its KMS if it is another system's: \"sip:b@x.example kms.x.example\".",
                "Example: kmsctl gms create sip:fire-7@example.org --name \"Fire 7\" --uses media,floor --members-file fire-7.txt"
            })
    static final class Create extends GmsManagerCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the group")
        private String uri;

        @Mixin
        private GroupOptions options;

        @Option(
                names = "--floor-key",
                paramLabel = "KIND",
                description = "mkfc or gmk: what protects floor control (default: mkfc)")
        private String floorKey;

        @Option(names = "--rekey-every", paramLabel = "DURATION", description = "new keys so often, for example P7D")
        private String rekeyEvery;

        @Option(names = "--key-lifetime", paramLabel = "DURATION", description = "how long a key may be used")
        private String keyLifetime;

        @Option(names = "--member", paramLabel = "MEMBER", description = "a first member; may be repeated")
        private java.util.List<String> members = new ArrayList<>();

        @Option(names = "--members-file", paramLabel = "FILE", description = "first members, one in each line")
        private Path membersFile;

        @Override
        public Integer call() {
            GroupOrder order = new GroupOrder(
                    uri,
                    options.name(),
                    options.service(),
                    options.uses(),
                    Optional.ofNullable(floorKey),
                    GroupValues.optionalDuration(rekeyEvery, "--rekey-every"),
                    GroupValues.optionalDuration(keyLifetime, "--key-lifetime"),
                    GroupValues.members(members, membersFile));
            new AdminResult(this).show("the group is made", ask("making the group", client -> client.create(order)));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl gms list}. */
    @Command(
            name = "list",
            description = "List the groups that you manage.",
            footer = {"", "Example: kmsctl gms list --user sip:dispatcher@example.org"})
    static final class List extends GmsManagerCommand {
        @Option(names = "--after", paramLabel = "URI", description = "go on behind this group")
        private String after;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Override
        public Integer call() {
            new AdminResult(this)
                    .showList(
                            ask("asking for the groups", client -> client.groups(Optional.ofNullable(after), limit)),
                            "no group",
                            "uri",
                            "name",
                            "service",
                            "state",
                            "uses",
                            "members",
                            "generation",
                            "nextRekeyAt");
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl gms show}. */
    @Command(
            name = "show",
            description = "Show a group and its keys; never a key itself.",
            footer = {"", "Example: kmsctl gms show sip:fire-7@example.org"})
    static final class Show extends GmsManagerCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the group")
        private String uri;

        @Override
        public Integer call() {
            new AdminResult(this).show(ask("asking for the group", client -> client.group(uri)));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl gms teardown}. */
    @Command(
            name = "teardown",
            description = "End a group: its keys are revoked, its members are told.",
            footer = {"", "Example: kmsctl gms teardown sip:fire-7@example.org"})
    static final class Teardown extends GmsManagerCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the group")
        private String uri;

        @Override
        public Integer call() {
            new AdminResult(this).show("the group has ended", ask("ending the group", client -> client.tearDown(uri)));
            return ExitCode.DONE;
        }
    }
}
