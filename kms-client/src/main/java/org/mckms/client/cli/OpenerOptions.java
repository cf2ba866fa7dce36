package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.client.PemPrivateKey;
import org.mckms.protocol.sealed.Opener;
import picocli.CommandLine.Option;

/** Options that say with what a registration file is opened: its passphrase, or the key it was sealed for. */
final class OpenerOptions {
    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "the passphrase of the registration file is the first line of this file")
    private Path passphraseFile;

    @Option(
            names = "--recipient-cert",
            paramLabel = "FILE",
            description = "PEM certificate that the file was sealed for")
    private Path certificate;

    @Option(names = "--recipient-key", paramLabel = "FILE", description = "PEM key (PKCS#8) that goes with it")
    private Path key;

    /** Whether a key opens the file: then anybody who has its certificate may have made the file. */
    boolean nameAKey() {
        return key != null;
    }

    /** What the options name; empty if they name nothing. The caller closes it. */
    Optional<Opener> given() {
        if ((certificate == null) != (key == null)) {
            throw new WrongUseException("--recipient-cert and --recipient-key go together");
        }
        if (certificate != null && passphraseFile != null) {
            throw new WrongUseException("give --passphrase-file or --recipient-key, not both");
        }
        if (certificate != null) {
            return Optional.of(privateKey(PemCertificate.read(certificate)));
        }
        return Optional.ofNullable(passphraseFile).map(SecretFile::firstLine).map(OpenerOptions::passphrase);
    }

    /** What the options name, else the passphrase asked for at the terminal. */
    Opener givenOrAsked(Console console) {
        return given().orElseGet(() -> console.askSecret("Passphrase of the registration file:")
                .map(OpenerOptions::passphrase)
                .orElseThrow(() ->
                        new WrongUseException("give --passphrase-file, or --recipient-cert and --recipient-key")));
    }

    private static Opener passphrase(char[] passphrase) {
        try {
            return Opener.passphrase(passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Opener privateKey(X509Certificate recipient) {
        try {
            return Opener.privateKey(
                    PemPrivateKey.read(key, recipient.getPublicKey().getAlgorithm()), recipient);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + key + ": " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new CommandFailedException(key + " is not the key of " + certificate + ": " + e.getMessage());
        }
    }
}
