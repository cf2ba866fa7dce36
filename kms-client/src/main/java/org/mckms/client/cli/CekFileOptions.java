package org.mckms.client.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.smime.ContentEncryptionKey;
import picocli.CommandLine.Option;

/** Options that name a CEK in a file, for trying out bodies without a KMS. */
final class CekFileOptions {
    @Option(
            names = "--cek",
            paramLabel = "FILE",
            description = "the CEK: 64 hex digits or 44 characters of base64 in the first line of this file")
    private Path file;

    @Option(names = "--key-id", paramLabel = "HEX", description = "its Key ID, 32 hex digits")
    private String keyId;

    boolean isGiven() {
        return file != null;
    }

    /** The Key ID given. @throws WrongUseException if it is none */
    Optional<Octets> keyId() {
        return Optional.ofNullable(keyId).map(CekFileOptions::parse);
    }

    /** The key of the file; the caller closes it. @param usualKeyId its Key ID, unless the option says it */
    ContentEncryptionKey read(Optional<Octets> usualKeyId) {
        Octets id = keyId().or(() -> usualKeyId)
                .orElseThrow(() -> new WrongUseException("give the Key ID of the CEK: --key-id"));
        SecretOctets key = KeyFile.read(file);
        return new ContentEncryptionKey(id, key);
    }

    /** A Key ID as 32 hex digits. */
    static Octets parse(String text) {
        try {
            Octets id = Octets.fromHex(text);
            if (id.size() == ContentEncryptionKey.KEY_ID_OCTETS) {
                return id;
            }
        } catch (InvalidValueException e) {
            throw new WrongUseException("not a Key ID of 32 hex digits: " + text);
        }
        throw new WrongUseException("not a Key ID of 32 hex digits: " + text);
    }
}
