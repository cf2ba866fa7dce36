package org.mckms.client.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kmsctl cek} and its verbs. */
@Command(
        name = "cek",
        description = "Content encryption keys of a user and an MC server: fetch, renew, end, listen.",
        subcommands = {
            CekClientCommands.Current.class,
            CekClientCommands.Renew.class,
            CekClientCommands.End.class,
            CekClientCommands.Events.class,
            CekClientCommands.Keys.class,
            CekSetUp.Prepare.class,
            CekSetUp.Enrol.class,
            CekDemoCommand.class
        },
        footer = {"", "Example: kmsctl cek current --key-store alice"})
final class CekCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: current, renew, end, events, keys, ...");
    }
}
