package org.mckms.client.cli;

import java.io.IOException;
import java.util.List;
import org.mckms.client.KeyManagementClient;
import org.mckms.client.ReceivedAnswer;
import org.mckms.protocol.message.KmsCertCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kmsctl certcache}. */
@Command(
        name = "certcache",
        description = "KMS CertCache: fetch the certificates of partner KMSs.",
        footer = {
            "",
            "Examples: kmsctl certcache --key-store alice",
            "          kmsctl certcache 3 --user sip:alice@example.org"
        })
final class CertCacheCommand extends KmsctlCommand {
    @Parameters(arity = "0..1", paramLabel = "N", description = "only what is newer than cache number N")
    private Long cacheNum;

    @Mixin
    private AnswerOutput output;

    @Mixin
    private KmsOptions kms;

    @Override
    public Integer call() throws IOException {
        if (cacheNum != null && cacheNum < 0) {
            throw new WrongUseException("a cache number is not negative: " + cacheNum);
        }
        if (kms.isProtected()) {
            return updateStore();
        }
        KeyManagementClient client = kms.connect(context(), home()).client();
        try (ReceivedAnswer<KmsCertCache> answer = context()
                .progress(
                        "asking for certificates",
                        () -> cacheNum == null ? client.certCache() : client.certCache(cacheNum))) {
            output.show(this, answer, List.of());
        }
        return ExitCode.DONE;
    }

    private int updateStore() {
        output.refuseFile();
        if (cacheNum != null) {
            throw new WrongUseException("with --key-store the cache number is that of the key store");
        }
        try (ProtectedSession session = kms.session(context(), home())) {
            context().progress("asking for certificates", session.client()::updatePartners);
            StoredAnswer.showCertificates(
                    this, session, "certificate of a partner", session.store().partnerCertificates());
        }
        return ExitCode.DONE;
    }
}
