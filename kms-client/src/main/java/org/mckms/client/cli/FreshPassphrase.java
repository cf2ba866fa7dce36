package org.mckms.client.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.mckms.client.file.PrivateFile;

/** Passphrases that nobody has to remember: 192 random bits in base64url. */
final class FreshPassphrase {
    private static final int OCTETS = 24;

    private FreshPassphrase() {}

    /** What is done with a passphrase. */
    interface Use<T> {
        T with(char[] passphrase) throws IOException;
    }

    /** Lends a new passphrase and wipes it afterwards. */
    static <T> T use(SecureRandom random, Use<T> use) throws IOException {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        byte[] line = Base64.getUrlEncoder().encode(octets);
        CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(line));
        char[] passphrase = Arrays.copyOf(text.array(), text.remaining());
        try {
            return use.with(passphrase);
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(line, (byte) 0);
            Arrays.fill(text.array(), '\0');
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Writes a passphrase to a new file that is its owner's only. */
    static void write(Path file, char[] passphrase) throws IOException {
        ByteBuffer line = StandardCharsets.ISO_8859_1.encode(CharBuffer.wrap(passphrase));
        byte[] octets = Arrays.copyOf(line.array(), line.remaining());
        try {
            PrivateFile.writeDurably(file, octets);
        } finally {
            Arrays.fill(line.array(), (byte) 0);
            Arrays.fill(octets, (byte) 0);
        }
    }
}
