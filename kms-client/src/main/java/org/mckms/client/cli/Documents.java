package org.mckms.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsResponse;

/** Reads saved answers of a KMS. */
final class Documents {
    private static final int MAX_OCTETS = ProvisioningBundles.MAX_OCTETS;

    private Documents() {}

    /** Reads one KmsResponse from a file, or from standard input for {@code -}; the caller closes it. */
    static KmsResponse read(String file, Console console) {
        byte[] document = new byte[0];
        try {
            document = octets(file, console);
            return KmsResponseCodec.decode(document);
        } catch (KmsException | MikeySakkeException e) {
            throw new CommandFailedException(file + " is not a valid KmsResponse: " + e.getMessage());
        } finally {
            Arrays.fill(document, (byte) 0);
        }
    }

    /** The root certificate in a saved answer to KMS Initialize. */
    static KmsCertificate rootCertificate(Path file, Console console) {
        try (KmsResponse response = read(file.toString(), console)) {
            return response.message()
                    .filter(KmsInit.class::isInstance)
                    .map(message -> ((KmsInit) message).certificate())
                    .orElseThrow(() -> new CommandFailedException(
                            file + " holds no root certificate", "`kmsctl init --output " + file + "` fetches it"));
        }
    }

    /** The whole of a file, or of standard input for {@code -}; the caller wipes it. */
    static byte[] octets(String file, Console console) {
        try (InputStream in = file.equals("-") ? console.in() : Files.newInputStream(Path.of(file))) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                throw new CommandFailedException(file + " is larger than " + MAX_OCTETS + " octets");
            }
            return octets;
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + e.getMessage());
        }
    }
}
