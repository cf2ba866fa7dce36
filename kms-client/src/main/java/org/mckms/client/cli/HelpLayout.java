package org.mckms.client.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: the commands of the first screen in groups, examples below the options of each command. */
final class HelpLayout {
    private static final int WIDTH = 110;
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("As a client", List.of("init", "keyprov", "certcache", "cert", "lookup", "redirect", "demo"));
        GROUPS.put(
                "As an operator",
                List.of(
                        "status",
                        "ceremony",
                        "complete-token",
                        "activate",
                        "deactivate",
                        "epochs",
                        "identities",
                        "client-keys",
                        "bundle",
                        "partner",
                        "certificate",
                        "block",
                        "unblock",
                        "ceks",
                        "deliveries",
                        "audit"));
        GROUPS.put("In groups and SIP sessions", List.of("gms", "cek", "serve"));
        GROUPS.put(
                "Without a server",
                List.of(
                        "import-registration",
                        "import-bundle",
                        "key-store",
                        "decode",
                        "smime",
                        "uid",
                        "token",
                        "idm-key"));
    }

    private HelpLayout() {}

    static void apply(CommandLine root) {
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        root.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, HelpLayout::groups);
        applyToAll(root);
    }

    private static void applyToAll(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH);
        usage.sortOptions(false);
        usage.synopsisHeading("Usage: ");
        usage.abbreviateSynopsis(true);
        command.getSubcommands().values().forEach(HelpLayout::applyToAll);
    }

    private static String groups(Help help) {
        StringBuilder text = new StringBuilder();
        Map<String, Help> commands = help.subcommands();
        GROUPS.forEach((title, names) -> {
            text.append(String.format("%n%s:%n", title));
            for (String name : names) {
                String[] description =
                        commands.get(name).commandSpec().usageMessage().description();
                text.append(String.format("  %-20s %s%n", name, description[0]));
            }
        });
        return text.toString();
    }
}
