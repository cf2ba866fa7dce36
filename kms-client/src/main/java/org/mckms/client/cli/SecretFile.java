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
     * @throws CommandFailedException if the file is missing, too large, or its first line is empty
     */
    static char[] firstLine(Path file) {
        byte[] octets = new byte[0];
        CharBuffer text = CharBuffer.allocate(0);
        try {
            if (Files.size(file) > MAX_OCTETS) {
                throw new CommandFailedException(file + " is too large for a file with a secret");
            }
            octets = Files.readAllBytes(file);
            text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            if (end == 0) {
                throw new CommandFailedException("the first line of " + file + " is empty");
            }
            return Arrays.copyOfRange(text.array(), 0, end);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + e.getMessage());
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }
}
