package org.mckms.client.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: its context, the set-up folder and the form of the result. */
abstract class KmsctlCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Does the work; the result is an {@link ExitCode}. */
    @Override
    public abstract Integer call() throws Exception;

    CliContext context() {
        return root().context();
    }

    Console console() {
        return context().console();
    }

    Home home() {
        return root().home();
    }

    /** Whether the result is for a program. */
    boolean json() {
        return root().json();
    }

    private Kmsctl root() {
        return (Kmsctl) spec.root().userObject();
    }
}
