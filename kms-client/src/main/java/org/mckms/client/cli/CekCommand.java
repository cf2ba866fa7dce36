package org.mckms.client.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kmsctl cek} and its verbs. */
@Command(
        name = "cek",
        description = "Set up the MC server of a development home.",
        subcommands = {CekSetUp.Prepare.class, CekSetUp.Enrol.class},
        footer = {"", "Example: kmsctl cek enrol --home .kms"})
final class CekCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: prepare or enrol");
    }
}
