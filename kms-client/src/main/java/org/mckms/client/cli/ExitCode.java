package org.mckms.client.cli;

/** The three results of a command that a script can tell apart. */
final class ExitCode {
    static final int DONE = 0;
    /** Refused by a server, or failed, or a check did not pass. */
    static final int FAILED = 1;
    /** The command line itself is wrong; nothing was done. */
    static final int WRONG_USE = 2;

    private ExitCode() {}
}
