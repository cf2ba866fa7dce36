package org.mckms.client.cli;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kmsctl idm-key}. */
@Command(
        name = "idm-key",
        description = "Make the key of the development identity management server.",
        footer = {
            "",
            "The private key is for `kmsctl token`; the KMS reads the public one. For development only.",
            "Example: kmsctl idm-key --home .kms"
        })
final class IdmKeyCommand extends KmsctlCommand {
    @Option(
            names = "--key",
            paramLabel = "JWK",
            description = "private key to write (default: idm/dev-idm.jwk of the home)")
    private Path key;

    @Option(
            names = "--jwks",
            paramLabel = "FILE",
            description = "public key to write (default: idm/jwks.json of the home)")
    private Path jwks;

    @Option(names = "--replace", description = "replace a key that is there; its tokens are then worth nothing")
    private boolean replace;

    @Override
    public Integer call() throws IOException {
        Path privateFile = key == null ? home().idmKey() : key;
        Path publicFile = jwks == null ? home().idmJwks() : jwks;
        if (Files.exists(privateFile) && !replace) {
            throw new CommandFailedException("there is a key already: " + privateFile, "--replace makes a new one");
        }
        DevelopmentIdm idm = DevelopmentIdm.generate(context().random());
        idm.save(privateFile, publicFile);
        if (json()) {
            JsonText.print(
                    console(),
                    Json.createObjectBuilder()
                            .add("keyId", idm.keyId())
                            .add("key", privateFile.toString())
                            .add("jwks", publicFile.toString())
                            .build());
        } else {
            new Table()
                    .row("key id", idm.keyId())
                    .row("private key", privateFile.toString())
                    .row("public key", publicFile.toString())
                    .print(console());
        }
        return ExitCode.DONE;
    }
}
