package org.mckms.gms.infrastructure.kms;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.mckms.client.ClientSetupException;

/** Reads the files that the settings name: small, and replaced by the platform at any time. */
final class SmallFile {

    private static final int MAX_OCTETS = 256 * 1024;

    private SmallFile() {}

    /**
     * The whole file.
     *
     * @param what for the error: "the access token of the GMS"
     * @throws ClientSetupException if it cannot be read or is larger than 256 KiB
     */
    static byte[] read(Path file, String what) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                Arrays.fill(octets, (byte) 0);
                throw new ClientSetupException(file + " is too large for " + what);
            }
            return octets;
        } catch (IOException e) {
            throw new ClientSetupException("cannot read " + what + " in " + file, e);
        }
    }

    /**
     * The first line of a file in UTF-8, without its end.
     *
     * @return wiped by the caller
     * @throws ClientSetupException as {@link #read}, and if the line is empty or no UTF-8
     */
    static char[] firstLine(Path file, String what) {
        byte[] octets = read(file, what);
        int end = 0;
        while (end < octets.length && octets[end] != '\n' && octets[end] != '\r') {
            end++;
        }
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, end));
            char[] line = Arrays.copyOfRange(text.array(), 0, text.limit());
            Arrays.fill(text.array(), '\0');
            if (line.length == 0) {
                throw new ClientSetupException("the first line of " + file + " is empty; it should be " + what);
            }
            return line;
        } catch (CharacterCodingException e) {
            throw new ClientSetupException(file + " is not in UTF-8", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}
