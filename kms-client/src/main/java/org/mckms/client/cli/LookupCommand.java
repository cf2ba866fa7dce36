package org.mckms.client.cli;

import jakarta.json.Json;
import java.util.List;
import org.mckms.client.ReceivedAnswer;
import org.mckms.protocol.message.KmsLookup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kmsctl lookup}. */
@Command(
        name = "lookup",
        description = "KMS Discovery Lookup: ask which KMSs serve a user.",
        footer = {
            "",
            "A KMS answers only where the setting kms.discovery is on.",
            "Example: kmsctl lookup sip:dora@partner.example --key-store alice"
        })
final class LookupCommand extends KmsctlCommand {
    @Parameters(paramLabel = "USER-URI", description = "the user")
    private String userUri;

    @Mixin
    private KmsOptions kms;

    @Override
    public Integer call() {
        List<String> found = context().progress("asking for the KMSs", this::ask);
        if (json()) {
            JsonText.print(
                    console(),
                    Json.createObjectBuilder()
                            .add("userUri", userUri)
                            .add("kmsUris", Json.createArrayBuilder(found))
                            .build());
        } else if (found.isEmpty()) {
            console().print("no KMS is known for " + userUri);
        } else {
            found.forEach(console()::print);
        }
        return ExitCode.DONE;
    }

    private List<String> ask() {
        if (kms.isProtected()) {
            try (ProtectedSession session = kms.session(context(), home())) {
                return session.client().lookup(userUri);
            }
        }
        try (ReceivedAnswer<KmsLookup> answer =
                kms.connect(context(), home()).client().lookup(userUri)) {
            return answer.message().kmsUris();
        }
    }
}
