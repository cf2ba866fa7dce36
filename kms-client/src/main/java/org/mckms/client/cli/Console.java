package org.mckms.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The terminal of the user: results on standard output, everything else on standard error. The only class that touches
 * the standard streams. Text from elsewhere is cleaned of control characters, so that a server cannot write escape
 * sequences to a terminal.
 */
public final class Console {
    private static final int MAX_LINE_OCTETS = 4096;

    private final PrintWriter out;
    private final PrintWriter err;
    private final InputStream in;
    private final Function<String, Optional<char[]>> secretPrompt;

    /** @param secretPrompt asks for a secret without echo; empty when nobody can be asked */
    public Console(PrintWriter out, PrintWriter err, InputStream in, Function<String, Optional<char[]>> secretPrompt) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.secretPrompt = secretPrompt;
    }

    /** The terminal of this process. */
    public static Console ofProcess() {
        return new Console(
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                System.in,
                question ->
                        Optional.ofNullable(System.console()).map(terminal -> terminal.readPassword("%s", question)));
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    InputStream in() {
        return in;
    }

    /** A line of the result. */
    void print(String line) {
        out.println(clean(line));
        out.flush();
    }

    void error(String text) {
        tell("error: " + text);
    }

    void hint(String text) {
        tell("hint: " + text);
    }

    void warning(String text) {
        tell("warning: " + text);
    }

    /** A line for the person at the terminal that is no part of the result. */
    void tell(String line) {
        err.println(clean(line));
        err.flush();
    }

    /** Asks and waits for a line; empty at the end of the input. */
    Optional<String> ask(String question) {
        err.print(clean(question) + " ");
        err.flush();
        return line();
    }

    /** Waits for a line; empty at the end of the input. */
    Optional<String> line() {
        StringBuilder line = new StringBuilder();
        try {
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            while (octet >= 0 && octet != '\n' && line.length() < MAX_LINE_OCTETS) {
                line.append((char) octet);
                octet = in.read();
            }
        } catch (IOException e) {
            throw new CommandFailedException("cannot read the answer: " + e.getMessage());
        }
        return Optional.of(line.toString().strip());
    }

    /** Asks for a secret without echo; the caller wipes it. Empty when there is no terminal. */
    Optional<char[]> askSecret(String question) {
        return secretPrompt.apply(question + " ").filter(answer -> answer.length > 0);
    }

    /** The text with every control character but tab and line feed replaced by a question mark. */
    static String clean(String text) {
        int[] cleaned = text.codePoints()
                .map(c -> Character.isISOControl(c) && c != '\n' && c != '\t' || isDirectionControl(c) ? '?' : c)
                .toArray();
        return new String(cleaned, 0, cleaned.length);
    }

    private static boolean isDirectionControl(int codePoint) {
        return Arrays.stream(new int[] {
                    0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069
                })
                .anyMatch(c -> c == codePoint);
    }
}
