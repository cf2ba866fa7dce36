package org.mckms.client.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an access token from a file or from standard input. */
final class TokenText {
    private static final String STANDARD_INPUT = "-";
    private static final int MAX_OCTETS = 16 * 1024;

    private TokenText() {}

    /** @param file name of a file; - for standard input */
    static AccessToken read(CliContext context, String file) {
        try {
            byte[] octets = file.equals(STANDARD_INPUT)
                    ? context.console().in().readNBytes(MAX_OCTETS)
                    : Files.readAllBytes(Path.of(file));
            return new AccessToken(new String(octets, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandFailedException("cannot read the access token in " + file);
        }
    }
}
