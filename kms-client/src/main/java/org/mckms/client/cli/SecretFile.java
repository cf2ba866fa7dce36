package org.mckms.client.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads one secret line (PIN, password) out of a file. */
final class SecretFile {
    private static final int MAX_OCTETS = 1024;

    private SecretFile() {}

    /**
     * The first line as characters, without its end; the caller wipes it. Everything read on the way is wiped.
     *
     * @throws CommandFailedException if the file is missing, too large, or its first line is empty or not UTF-8
     */
    static char[] firstLine(Path file) {
        byte[] octets = new byte[0];
        try {
            if (Files.size(file) > MAX_OCTETS) {
                throw new CommandFailedException(file + " is too large for a file with a secret");
            }
            octets = Files.readAllBytes(file);
            int end = 0;
            while (end < octets.length && octets[end] != '\n' && octets[end] != '\r') {
                end++;
            }
            if (end == 0) {
                throw new CommandFailedException("the first line of " + file + " is empty");
            }
            return decoded(ByteBuffer.wrap(octets, 0, end), file);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + e.getMessage());
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** Strict: a replaced octet would make another secret of it. */
    private static char[] decoded(ByteBuffer line, Path file) {
        CharBuffer text = CharBuffer.allocate(line.remaining());
        try {
            if (StandardCharsets.UTF_8.newDecoder().decode(line, text, true).isError()) {
                throw new CommandFailedException(
                        "the first line of " + file + " is not UTF-8", "convert the file, for example with iconv");
            }
            return Arrays.copyOf(text.array(), text.position());
        } finally {
            Arrays.fill(text.array(), '\0');
        }
    }
}
