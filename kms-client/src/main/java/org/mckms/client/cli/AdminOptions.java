package org.mckms.client.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.mckms.client.AdminClient;
import org.mckms.client.TlsMaterial;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands for operators: which server, and as whom. */
final class AdminOptions {
    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "the operators' face (default: https://localhost:9443)")
    private URI admin;

    @Option(
            names = "--operator",
            paramLabel = "NAME|P12",
            description = "who you are: a name under tls/operators of the home, or a PKCS#12 file")
    private String operator;

    @Option(
            names = "--operator-password-file",
            paramLabel = "FILE",
            description = "password of the PKCS#12 file (default: NAME.password beside it)")
    private Path passwordFile;

    @Option(names = "--operator-cert", paramLabel = "FILE", description = "PEM certificate, in place of --operator")
    private Path certificate;

    @Option(names = "--operator-key", paramLabel = "FILE", description = "PEM key (PKCS#8) that goes with it")
    private Path key;

    @Mixin
    private ServerOptions server;

    /** @param usualOperator name of the operator whose task the command is, unless the options say who it is */
    AdminClient client(Home home, String usualOperator) {
        TlsMaterial tls = withOwnKey(server.trusted(home), home, usualOperator);
        return new AdminClient(server.endpoint(address(home), tls));
    }

    /** Says where secrets are about to go, and on the word of which set-up folder. */
    void tellTarget(Console console, Home home) {
        console.tell("server  " + address(home));
        console.tell("home    " + home.directory().toAbsolutePath().normalize());
    }

    /** The limit of --timeout, else the usual one of the command. */
    Duration timeoutOr(Duration usual) {
        return server.timeoutOr(usual);
    }

    private URI address(Home home) {
        return admin == null ? home.admin() : admin;
    }

    private TlsMaterial withOwnKey(TlsMaterial tls, Home home, String usualOperator) {
        if ((certificate == null) != (key == null)) {
            throw new WrongUseException("--operator-cert and --operator-key go together");
        }
        if (certificate != null && operator != null) {
            throw new WrongUseException("give --operator or --operator-cert, not both");
        }
        if (certificate != null) {
            return tls.withPem(certificate, key);
        }
        String who = operator == null ? usualOperator : operator;
        boolean isFile = who.endsWith(".p12") || who.indexOf('/') >= 0;
        return ServerOptions.withKey(tls, isFile ? Path.of(who) : home.operator(who), passwordFile);
    }
}
