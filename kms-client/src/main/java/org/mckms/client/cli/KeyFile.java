package org.mckms.client.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.security.NamedKey;

/** Reads a TrK or InK, 256 bits, in hex or base64 out of the first line of a file. */
final class KeyFile {
    private KeyFile() {}

    /** The caller closes the key; everything read on the way is wiped. */
    static SecretOctets read(Path file) {
        char[] line = SecretFile.firstLine(file);
        byte[] key = new byte[0];
        try {
            key = line.length == 2 * NamedKey.KEY_OCTETS ? HexFormat.of().parseHex(line, 0, line.length) : base64(line);
            if (key.length != NamedKey.KEY_OCTETS) {
                throw noKey(file);
            }
            return SecretOctets.copyOf(key);
        } catch (IllegalArgumentException e) {
            throw noKey(file);
        } finally {
            Arrays.fill(line, '\0');
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] base64(char[] line) {
        ByteBuffer text = StandardCharsets.ISO_8859_1.encode(CharBuffer.wrap(line));
        byte[] octets = Arrays.copyOfRange(text.array(), 0, text.limit());
        try {
            return Base64.getDecoder().decode(octets);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(text.array(), (byte) 0);
        }
    }

    private static CommandFailedException noKey(Path file) {
        return new CommandFailedException(
                "the first line of " + file + " is no key: 64 hex digits or 44 characters of base64 are needed");
    }
}
