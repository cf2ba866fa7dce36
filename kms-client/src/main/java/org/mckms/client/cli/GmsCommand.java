package org.mckms.client.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kmsctl gms} and its verbs. */
@Command(
        name = "gms",
        description = "Make and manage groups, give their members keys, regroup with other systems.",
        subcommands = {
            GmsGroups.Create.class,
            GmsGroups.List.class,
            GmsGroups.Show.class,
            GmsMembersCommand.class,
            GmsKeys.Rekey.class,
            GmsKeys.Schedule.class,
            GmsKeys.Revoke.class,
            GmsGroups.Teardown.class,
            GmsJobsCommand.class,
            GmsRegroupCommand.class,
            GmsMember.Fetch.class,
            GmsMember.Keys.class,
            GmsMember.Acknowledge.class,
            GmsEnrolCommand.class,
            GmsDemoCommand.class
        },
        footer = {
            "",
            "Managers speak with the access token of one of gms.managers, members with their own.",
            "Example: kmsctl gms create sip:fire-7@example.org --member sip:alice@example.org --uses media,floor"
        })
final class GmsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: create, list, show, members, rekey, ...");
    }
}
