package org.mckms.client.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Reads one X.509 certificate, PEM or DER, out of a file. */
final class PemCertificate {
    private static final int MAX_OCTETS = 64 * 1024;

    private PemCertificate() {}

    /** @throws CommandFailedException if the file cannot be read or does not begin with a certificate */
    static X509Certificate read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) > MAX_OCTETS) {
                throw new CommandFailedException(file + " is too large for a certificate");
            }
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("there is no file " + file);
        } catch (IOException e) {
            throw new CommandFailedException("cannot read " + file + ": " + e.getMessage());
        } catch (CertificateException e) {
            throw new CommandFailedException(file + " is not an X.509 certificate");
        }
    }
}
