package org.mckms.client.cli;

import java.io.IOException;
import java.util.List;
import org.mckms.client.KeyManagementClient;
import org.mckms.client.ReceivedAnswer;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kmsctl cert}. */
@Command(
        name = "cert",
        description = "KMS Cert: fetch the certificate of one KMS.",
        footer = {"", "Example: kmsctl cert kms.partner.example --key-store alice"})
final class CertCommand extends KmsctlCommand {
    @Parameters(paramLabel = "KMS-URI", description = "the KMS, exactly as in its certificate")
    private String kmsUri;

    @Mixin
    private AnswerOutput output;

    @Mixin
    private KmsOptions kms;

    @Override
    public Integer call() throws IOException {
        if (kms.isProtected()) {
            return fetchIntoStore();
        }
        KeyManagementClient client = kms.connect(context(), home()).client();
        try (ReceivedAnswer<KmsCertCache> answer =
                context().progress("asking for the certificate", () -> client.certificate(kmsUri))) {
            output.show(this, answer, List.of());
        }
        return ExitCode.DONE;
    }

    private int fetchIntoStore() {
        output.refuseFile();
        try (ProtectedSession session = kms.session(context(), home())) {
            KmsCertificate partner = context().progress("asking for the certificate", () -> session.client()
                    .fetchPartner(kmsUri));
            StoredAnswer.showCertificates(this, session, "certificate", List.of(partner));
        }
        return ExitCode.DONE;
    }
}
