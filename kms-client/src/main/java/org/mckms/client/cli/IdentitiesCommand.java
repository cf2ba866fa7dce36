package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.AdminClient;
import org.mckms.client.ClientPolicy;
import org.mckms.protocol.codec.InteropProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl identities} and its verbs. */
@Command(
        name = "identities",
        description = "List and show identities, set how one is served, force new signing keys.",
        subcommands = {
            IdentitiesCommand.List.class,
            IdentitiesCommand.Show.class,
            IdentitiesCommand.Policy.class,
            IdentitiesCommand.AdvanceIssue.class
        },
        footer = {"", "Example: kmsctl identities list --limit 20"})
final class IdentitiesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: list, show, policy or advance-issue");
    }

    /** {@code kmsctl identities list}. */
    @Command(
            name = "list",
            description = "List the identities that have had keys or are blocked.",
            footer = {"", "Example: kmsctl identities list --after sip:alice@example.org"})
    static final class List extends KmsctlCommand {
        @Option(names = "--after", paramLabel = "URI", description = "go on behind this identity")
        private String after;

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            AdminClient client = admin.client(home(), "operator");
            JsonStructure answer = context()
                    .progress("asking for the identities", () -> client.identities(Optional.ofNullable(after), limit));
            new AdminResult(this)
                    .showList(
                            answer,
                            "no identity" + (after == null ? " yet" : " after " + after),
                            "uri",
                            "kind",
                            "blocked",
                            "issue",
                            "periodsServed",
                            "profiles",
                            "registeredAt",
                            "integrity");
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl identities show}. */
    @Command(
            name = "show",
            description = "Show all that is known of one identity.",
            footer = {"", "Example: kmsctl identities show sip:alice@example.org"})
    static final class Show extends KmsctlCommand {
        @Parameters(paramLabel = "URI", description = "the identity")
        private String uri;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            AdminClient client = admin.client(home(), "operator");
            new AdminResult(this).show(context().progress("asking for the identity", () -> client.identity(uri)));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl identities policy}. */
    @Command(
            name = "policy",
            description = "Set how the KMS serves one identity.",
            footer = {"", "Example: kmsctl identities policy sip:alice@example.org --profile user-id-hex"})
    static final class Policy extends KmsctlCommand {
        @Parameters(paramLabel = "URI", description = "the identity")
        private String uri;

        @Option(
                names = "--periods",
                paramLabel = "WHICH",
                description = "current or current_and_next: key periods in an answer (default: current)")
        private ClientPolicy.PeriodsServed periods = ClientPolicy.PeriodsServed.CURRENT;

        @Option(
                names = "--profile",
                paramLabel = "PROFILE",
                split = ",",
                converter = InteropProfileConverter.class,
                description = "interop profile that the client needs, such as user-id-hex; may be given again"
                        + " (default: none, as TS 33.180 says)")
        private Set<InteropProfile> profiles = EnumSet.noneOf(InteropProfile.class);

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            AdminClient client = admin.client(home(), "operator");
            ClientPolicy policy = new ClientPolicy(periods, profiles);
            JsonObject answer = context().progress("setting the policy", () -> client.setPolicy(uri, policy));
            new AdminResult(this).show("policy of " + uri + " set", answer);
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl identities advance-issue}. */
    @Command(
            name = "advance-issue",
            description = "Force a new SSK and PVT for an identity; a second officer has to ask for the same.",
            footer = {
                "",
                "This does not revoke: the old PVT stays valid until its key period ends.",
                "Example: kmsctl identities advance-issue sip:alice@example.org --reason \"key leaked\""
            })
    static final class AdvanceIssue extends IdentityActCommand {
        AdvanceIssue() {
            super("officer", "asking for a new issue");
        }

        @Override
        JsonObject act(AdminClient client, String uri, String reason) {
            return client.advanceIssue(uri, reason);
        }

        @Override
        String sentence(String uri, JsonObject answer) {
            return answer.getString("outcome", "").equals("ADVANCED")
                    ? uri + " gets a new SSK and PVT from now on"
                    : "asked for; a second officer has to ask for the same before it takes effect";
        }
    }
}
