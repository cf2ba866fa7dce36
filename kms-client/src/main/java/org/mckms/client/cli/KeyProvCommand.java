package org.mckms.client.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.KeyManagementClient;
import org.mckms.client.KeySetExpectation;
import org.mckms.client.KeySetReport;
import org.mckms.client.KeySetSummary;
import org.mckms.client.KmsClient;
import org.mckms.client.ReceivedAnswer;
import org.mckms.client.ReceivedKeySetCheck;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl keyprov}. */
@Command(
        name = "keyprov",
        description = "KMS KeyProvision: fetch key sets and check them.",
        footer = {
            "",
            "With --key-store the request is signed, the answer has to be, keys come wrapped and stay in the key store.",
            "Examples: kmsctl keyprov --key-store alice",
            "          kmsctl keyprov --user sip:alice@example.org --output alice.xml",
            "          kmsctl keyprov sip:alice@example.org 2026-03-01 --token-file alice.jwt",
            "          kmsctl keyprov --server mcptt-server"
        })
final class KeyProvCommand extends KmsctlCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "URI",
            description = "only the keys of this identity (default: all identities of the token)")
    private String uri;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TIME",
            description = "for the key period that contains this time: 2026-03-01T00:00:00Z, 2026-03-01, or NTP in hex")
    private String time;

    @Mixin
    private AnswerOutput output;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "check against the root certificate in this saved answer (default: ask the KMS for it)")
    private Path certificate;

    @Mixin
    private IdentityEncodingOption encoding;

    @Mixin
    private KmsOptions kms;

    @Override
    public Integer call() throws IOException {
        Optional<Instant> moment = Optional.ofNullable(time).map(text -> Texts.instant(text, "TIME"));
        if (kms.isProtected()) {
            return provisionStore(moment);
        }
        KmsOptions.Connection connection = kms.connect(context(), home());
        KmsCertificate root = root(connection.client());
        try (ReceivedAnswer<KmsKeyProv> answer =
                context().progress("asking for keys", () -> ask(connection.client(), moment))) {
            KeySetExpectation expected = expectation(connection.token(), root.schedule(), moment);
            ReceivedKeySetCheck check = new ReceivedKeySetCheck(root, encoding.value());
            List<KeySetReport> reports = context()
                    .progress("checking the keys", () -> answer.message().keySets().stream()
                            .map(keys -> check.check(keys, expected))
                            .toList());
            output.show(this, answer, reports);
            return verdict(reports);
        }
    }

    private int provisionStore(Optional<Instant> moment) {
        output.refuseFile();
        if (certificate != null) {
            throw new WrongUseException("with --key-store keys are checked against its root certificates");
        }
        try (ProtectedSession session = kms.session(context(), home(), encoding.value())) {
            KmsClient client = session.client();
            List<KeySetSummary> keySets = context().progress("asking for keys and checking them", () -> {
                if (uri == null) {
                    return client.provision();
                }
                return moment.map(instant -> client.provision(uri, instant)).orElseGet(() -> client.provision(uri));
            });
            StoredAnswer.showKeySets(this, session, keySets);
        }
        return ExitCode.DONE;
    }

    private KmsCertificate root(KeyManagementClient client) {
        if (certificate != null) {
            return Documents.rootCertificate(certificate, console());
        }
        try (ReceivedAnswer<KmsInit> answer = context().progress("asking for the root certificate", client::init)) {
            return answer.message().certificate();
        }
    }

    private ReceivedAnswer<KmsKeyProv> ask(KeyManagementClient client, Optional<Instant> moment) {
        if (uri == null) {
            return client.keyProvision();
        }
        return moment.map(instant -> client.keyProvision(uri, NtpTimestamp.of(instant)))
                .orElseGet(() -> client.keyProvision(uri));
    }

    private KeySetExpectation expectation(AccessToken token, KeyPeriodSchedule schedule, Optional<Instant> moment) {
        Set<String> users = uri == null ? token.identities() : Set.of(uri);
        return moment.map(instant -> KeySetExpectation.containing(users, schedule, instant))
                .orElseGet(() -> KeySetExpectation.around(
                        users, schedule, context().clock().instant()));
    }

    private int verdict(List<KeySetReport> reports) {
        if (reports.isEmpty()) {
            console().error("the answer has no key set");
            return ExitCode.FAILED;
        }
        if (!reports.stream().allMatch(KeySetReport::nothingFailed)) {
            console().error("a check failed: these keys must not be used");
            return ExitCode.FAILED;
        }
        if (!reports.stream().allMatch(report -> report.notCompared().isEmpty())) {
            console()
                    .warning("it was not compared whose keys these are: the access token does not tell its identities");
            console().hint("name the identity: kmsctl keyprov URI");
        }
        return ExitCode.DONE;
    }
}
