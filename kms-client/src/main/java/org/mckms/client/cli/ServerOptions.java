package org.mckms.client.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TimeLimits;
import org.mckms.client.TlsMaterial;
import picocli.CommandLine.Option;

/** Options of every command that speaks with a server. */
final class ServerOptions {
    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM certificates to trust (default: tls/ca.pem of the home)")
    private Path trust;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = {
                "longest wait for an answer, in an export for each part of it",
                "(default: 30; `audit verify --online`: 3600)"
            })
    private Integer timeoutSeconds;

    TlsMaterial trusted(Home home) {
        return TlsMaterial.trusting(trust == null ? home.trust() : trust);
    }

    ServerEndpoint endpoint(URI address, TlsMaterial tls) {
        return new ServerEndpoint(address, tls, limits());
    }

    TimeLimits limits() {
        return TimeLimits.STANDARD.withAnswer(timeoutOr(TimeLimits.STANDARD.answer()));
    }

    /** The limit given, else the usual one of the command. */
    Duration timeoutOr(Duration usual) {
        if (timeoutSeconds == null) {
            return usual;
        }
        if (timeoutSeconds < 1) {
            throw new WrongUseException("--timeout must be at least 1 second");
        }
        return Duration.ofSeconds(timeoutSeconds);
    }

    /** Adds the key of a PKCS#12 file; its password comes from {@code passwordFile}, else from the file beside it. */
    static TlsMaterial withKey(TlsMaterial tls, Path pkcs12, Path passwordFile) {
        char[] password = SecretFile.firstLine(passwordFile == null ? Home.passwordOf(pkcs12) : passwordFile);
        try {
            return tls.withPkcs12(pkcs12, password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
