package org.mckms.client.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.mckms.client.TestPki;

/** Makes a set-up folder with everything that {@code kmsctl} looks for. */
final class TestHome {
    static final String ISSUER = "https://idm.example.org";
    static final String AUDIENCE = "kms.example.org";

    private TestHome() {}

    static Path make(Path directory, TestPki pki, URI kms, URI admin) throws Exception {
        Files.createDirectories(directory.resolve("tls"));
        pki.writeAuthority(directory.resolve("tls/ca.pem"));
        for (String operator : List.of("officer", "officer2", "operator", "auditor")) {
            pki.writePkcs12(directory.resolve("tls/operators/" + operator + ".p12"), operator);
        }
        pki.writePkcs12(directory.resolve("tls/servers/mcptt-server.p12"), "mcptt-server");
        Files.writeString(directory.resolve("endpoints.properties"), "kms=" + kms + "\nadmin=" + admin + "\n");
        Files.writeString(
                directory.resolve("kms.properties"),
                String.join(
                        "\n",
                        "kms.uri=kms.example.org",
                        "kms.issuer.production.iss=https://other.example.org",
                        "kms.issuer.dev.iss=" + ISSUER,
                        "kms.issuer.dev.audience=" + AUDIENCE,
                        "kms.issuer.dev.development=true",
                        "kms.server.mcptt-server.uri=sip:mcptt-server@example.org",
                        "kms.server.mcptt-server.client-id=mcptt-client"));
        for (String name : List.of("", "tls", "tls/ca.pem", "endpoints.properties")) {
            closeToOthers(directory.resolve(name));
        }
        Cli.Result made = Cli.in(directory).run("idm-key");
        if (made.exit() != ExitCode.DONE) {
            throw new IllegalStateException(made.err());
        }
        return directory;
    }

    /** Whatever the umask of whoever runs the tests. */
    private static void closeToOthers(Path path) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        permissions.removeAll(Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
        Files.setPosixFilePermissions(path, permissions);
    }
}
