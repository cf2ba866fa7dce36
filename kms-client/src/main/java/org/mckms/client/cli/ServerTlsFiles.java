package org.mckms.client.cli;

import java.nio.file.Path;
import java.util.Arrays;
import org.mckms.client.TlsMaterial;

/** Gives a server the certificate and key that a development home holds in a PKCS#12 file, as the PEM files it reads. */
final class ServerTlsFiles {
    private ServerTlsFiles() {}

    static void write(Path pkcs12, Path certificate, Path key) {
        char[] password = SecretFile.firstLine(Home.passwordOf(pkcs12));
        try {
            TlsMaterial.writePem(pkcs12, password, certificate, key);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
