package org.mckms.client.cli;

import java.io.IOException;
import java.util.List;
import org.mckms.client.ReceivedAnswer;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kmsctl init}. */
@Command(
        name = "init",
        description = "KMS Initialize: fetch the root certificate of the KMS.",
        footer = {
            "",
            "With --key-store the request is signed, the answer has to be, and the certificate stays in the key store.",
            "Examples: kmsctl init --key-store alice",
            "          kmsctl init --user sip:alice@example.org --output root.xml"
        })
final class InitCommand extends KmsctlCommand {
    @Mixin
    private AnswerOutput output;

    @Mixin
    private KmsOptions kms;

    @Override
    public Integer call() throws IOException {
        if (kms.isProtected()) {
            return initialiseStore();
        }
        KmsOptions.Connection connection = kms.connect(context(), home());
        try (ReceivedAnswer<KmsInit> answer =
                context().progress("asking for the root certificate", connection.client()::init)) {
            output.show(this, answer, List.of());
        }
        return ExitCode.DONE;
    }

    private int initialiseStore() {
        output.refuseFile();
        try (ProtectedSession session = kms.session(context(), home())) {
            KmsCertificate root = context().progress("asking for the root certificate", session.client()::init);
            StoredAnswer.showCertificates(this, session, "root certificate", List.of(root));
        }
        return ExitCode.DONE;
    }
}
