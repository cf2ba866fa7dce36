package org.mckms.client.cli;

import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands of {@code kmsctl gms} for the keys of a group. */
final class GmsKeys {
    private GmsKeys() {}

    /** {@code kmsctl gms rekey}. */
    @Command(
            name = "rekey",
            description = "Give all members of a group new keys.",
            footer = {"", "Example: kmsctl gms rekey sip:fire-7@example.org --at 2026-12-01T06:00:00Z --wait"})
    static final class Rekey extends GmsManagerCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                description = "when all begin to use the new keys together (default: at once)")
        private String at;

        @Mixin
        private GroupJobWatch watch;

        @Override
        public Integer call() {
            Optional<Instant> activation = Optional.ofNullable(at).map(text -> Texts.instant(text, "--at"));
            return start(
                    "ordering new keys", watch, "new keys are on their way", client -> client.rekey(group, activation));
        }
    }

    /** {@code kmsctl gms schedule}. */
    @Command(
            name = "schedule",
            description = "Say how often the keys of a group are renewed.",
            footer = {"", "Example: kmsctl gms schedule sip:fire-7@example.org --every P7D"})
    static final class Schedule extends GmsManagerCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @ArgGroup(multiplicity = "1")
        private Rhythm rhythm;

        /** One of the two. */
        static final class Rhythm {
            @Option(names = "--every", paramLabel = "DURATION", description = "new keys so often, for example P7D")
            private String every;

            @Option(names = "--never", description = "only when somebody wants it")
            private boolean never;
        }

        @Override
        public Integer call() {
            new AdminResult(this)
                    .show(
                            rhythm.never ? "keys are renewed on demand only" : "keys are renewed every " + rhythm.every,
                            ask(
                                    "setting the schedule",
                                    client -> client.schedule(
                                            group, GroupValues.optionalDuration(rhythm.every, "--every"))));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl gms revoke}. */
    @Command(
            name = "revoke",
            description = "Revoke one key of a group; its members are told.",
            footer = {"", "Example: kmsctl gms revoke sip:fire-7@example.org 0A1B2C3D"})
    static final class Revoke extends GmsManagerCommand {
        @Parameters(index = "0", paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Parameters(index = "1", paramLabel = "KEY", description = "GMK-ID or MKFC-ID, 8 hex digits")
        private String key;

        @Mixin
        private GroupJobWatch watch;

        @Override
        public Integer call() {
            return start(
                    "revoking the key",
                    watch,
                    "the key is revoked, members are told",
                    client -> client.revoke(group, key));
        }
    }
}
