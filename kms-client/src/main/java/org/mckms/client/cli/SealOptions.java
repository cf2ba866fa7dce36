package org.mckms.client.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import org.mckms.client.file.PrivateFile;
import picocli.CommandLine.Option;

/** Options that say who can open a registration file that the KMS is about to make. */
final class SealOptions {
    private static final int FRESH_OCTETS = 24;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "seal under the passphrase in the first line of this file, 16 characters or more")
    private Path passphraseFile;

    @Option(
            names = "--make-passphrase",
            paramLabel = "FILE",
            description = "seal under a passphrase that is made now and written to this new file")
    private Path freshPassphraseFile;

    @Option(
            names = "--recipient-cert",
            paramLabel = "FILE",
            description = "seal for the holder of this PEM certificate")
    private Path certificate;

    /** Hands over what the options name: a passphrase, wiped afterwards, or a certificate in PEM. */
    <T> T use(CliContext context, Function<char[], T> withPassphrase, Function<String, T> forCertificate)
            throws IOException {
        long given = Arrays.asList(passphraseFile, freshPassphraseFile, certificate).stream()
                .filter(file -> file != null)
                .count();
        if (given != 1) {
            throw new WrongUseException("give one of --passphrase-file, --make-passphrase and --recipient-cert");
        }
        if (certificate != null) {
            return forCertificate.apply(pem());
        }
        char[] passphrase = freshPassphraseFile == null ? SecretFile.firstLine(passphraseFile) : fresh(context);
        try {
            return withPassphrase.apply(passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(PemCertificate.read(certificate).getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new CommandFailedException(certificate + " cannot be encoded: " + e.getMessage());
        }
    }

    /** 192 bits in base64url, also written to the file. */
    private char[] fresh(CliContext context) throws IOException {
        if (Files.exists(freshPassphraseFile)) {
            throw new FileAlreadyExistsException(freshPassphraseFile.toString());
        }
        byte[] random = new byte[FRESH_OCTETS];
        context.random().nextBytes(random);
        byte[] line = Base64.getUrlEncoder().encode(random);
        try {
            PrivateFile.writeDurably(freshPassphraseFile, line);
            CharBuffer text = StandardCharsets.ISO_8859_1.decode(ByteBuffer.wrap(line));
            char[] passphrase = new char[text.remaining()];
            text.get(passphrase);
            Arrays.fill(text.array(), '\0');
            return passphrase;
        } finally {
            Arrays.fill(random, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }
}
