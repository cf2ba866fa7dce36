package org.mckms.client.cli;

import picocli.CommandLine.Option;

/** Option of the commands that ask before they do what cannot be undone. */
final class Confirmation {
    @Option(names = "--yes", description = "do not ask")
    private boolean given;

    /**
     * Shows what will be done and waits until its name is typed in, unless that was confirmed on the command line.
     *
     * @param name of what the act is about
     * @param question asks for the name
     * @param whenRefused what was not done
     */
    void require(Console console, Runnable explanation, String question, String name, String whenRefused) {
        if (given) {
            return;
        }
        explanation.run();
        if (console.ask(question).filter(name::equals).isEmpty()) {
            throw new CommandFailedException("not confirmed, " + whenRefused, "--yes goes on without asking");
        }
    }
}
