package org.mckms.platform.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How the GMS reaches its KMS over CSC-10. Each file but the key store is read anew when it is needed, so that the platform
 * may replace it.
 *
 * @param kmsUri         KmsUri of its KMS
 * @param addresses      URLs of the KMS in place of those of the registration; empty: those
 * @param storeDirectory folder of the key store, one file per node
 * @param registration   where the first keys come from; empty: the key store is there already
 * @param tokenFile      file with the access token
 * @param tls            own certificate and whom to trust
 * @param deniedSigners  file with signing keys whose messages are refused
 */
public record GmsKmsSettings(
        String kmsUri,
        List<String> addresses,
        Path storeDirectory,
        Optional<Registration> registration,
        Path tokenFile,
        TlsFiles tls,
        Optional<Path> deniedSigners) {

    public GmsKmsSettings {
        addresses = List.copyOf(addresses);
    }

    /**
     * A registration file of the KMS and the file with its passphrase.
     *
     * @param file           as the KMS gave it out for the GMS
     * @param passphraseFile UTF-8, first line
     */
    public record Registration(Path file, Path passphraseFile) {}
}
