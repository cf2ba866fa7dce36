package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Options that say who can open a registration file that the KMS is about to make. */
final class SealOptions {
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
        if (freshPassphraseFile != null) {
            if (Files.exists(freshPassphraseFile)) {
                throw new FileAlreadyExistsException(freshPassphraseFile.toString());
            }
            return FreshPassphrase.use(context.random(), passphrase -> {
                FreshPassphrase.write(freshPassphraseFile, passphrase);
                return withPassphrase.apply(passphrase);
            });
        }
        char[] passphrase = SecretFile.firstLine(passphraseFile);
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
}
