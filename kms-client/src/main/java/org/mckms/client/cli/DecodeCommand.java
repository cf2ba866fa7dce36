package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mckms.client.KeySetExpectation;
import org.mckms.client.KeySetReport;
import org.mckms.client.ReceivedKeySetCheck;
import org.mckms.client.cli.explain.DocumentKind;
import org.mckms.client.cli.explain.Explainer;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.sealed.Opener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl decode}. */
@Command(
        name = "decode",
        description = "Explain any document or key message, field by field, and check the keys in it.",
        footer = {
            "",
            "The column on the left is the clause that defines the field: of TS 33.180, unless it names another.",
            "What is wrong first is told on standard error, with exit code 1.",
            "Keys are checked against the root certificate: that of --certificate, else that in one of the documents.",
            "Keys that were not checked end with exit code 1, unless --no-check says so.",
            "Examples: kmsctl decode alice.xml --certificate root.xml",
            "          kmsctl decode answer.xml --key-store alice",
            "          kmsctl decode alice.jwt --jwks jwks.json",
            "          kmsctl decode message.hex --key-store alice"
        })
final class DecodeCommand extends KmsctlCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "request, answer, certificate, redirect response, access token, GKTP document, or I_MESSAGE"
                    + " (octets, hex, base64); - or none for standard input")
    private List<String> files = new ArrayList<>();

    @Option(names = "--certificate", paramLabel = "FILE", description = "saved answer to KMS Initialize")
    private Path certificate;

    @Option(names = "--no-check", description = "show keys without checking them")
    private boolean unchecked;

    @Option(names = "--user", paramLabel = "URI", description = "user that the keys must be for (default: any)")
    private String user;

    @Mixin
    private IdentityEncodingOption encoding;

    @Mixin
    private DecodeKeys keys;

    @Mixin
    private OpenerOptions openers;

    @Option(names = "--show-secrets", description = "print private keys")
    private boolean showSecrets;

    @Override
    public Integer call() {
        List<String> names = files.isEmpty() ? List.of("-") : files;
        if (unchecked && certificate != null) {
            throw new WrongUseException("give --certificate or --no-check, not both");
        }
        if (names.stream().filter("-"::equals).count() > 1) {
            throw new WrongUseException("standard input can be read once only");
        }
        List<DecodedDocument> documents = new ArrayList<>();
        Optional<Opener> opener = openers.given();
        try (DecodeKeys.Opened opened = keys.open(context(), home())) {
            Explainer explainer = new Explainer(context().clock().instant(), showSecrets, opened.signer(), opener);
            MessageCheck check = new MessageCheck(opened.messages(), encoding.value());
            DocumentReader reader = new DocumentReader(
                    console(),
                    explainer,
                    opened.keys(),
                    keys.tokenSignature(),
                    new MessageReading(console(), opened.messages(), check));
            names.forEach(name -> documents.add(reader.read(name)));
            List<KmsCertificate> roots = roots(documents, opened.roots());
            documents.replaceAll(document -> document.checked(check(document, roots)));
            show(documents);
            return verdict(documents);
        } finally {
            documents.forEach(DecodedDocument::close);
            opener.ifPresent(Opener::close);
        }
    }

    /** The certificates against which keys are checked: those named, else those in the documents. */
    private List<KmsCertificate> roots(List<DecodedDocument> documents, List<KmsCertificate> ofStore) {
        if (unchecked) {
            return List.of();
        }
        if (certificate != null) {
            return List.of(Documents.rootCertificate(certificate, console()));
        }
        return Stream.concat(
                        documents.stream()
                                .flatMap(document -> document.init().stream())
                                .map(KmsInit::certificate),
                        ofStore.stream())
                .toList();
    }

    /** Checks the key sets of a document as of the time that it bears. */
    private List<KeySetReport> check(DecodedDocument document, List<KmsCertificate> roots) {
        if (roots.isEmpty()) {
            return List.of();
        }
        return context().progress("checking the keys", () -> document.keySets().stream()
                .map(keys -> check(document, keys, rootOf(keys, roots)))
                .toList());
    }

    private KeySetReport check(DecodedDocument document, KmsKeySet keys, KmsCertificate root) {
        Set<String> users = user == null ? Set.of() : Set.of(user);
        Instant answered = document.provisioned().orElseThrow().time();
        Instant begins = root.schedule().start(keys.period());
        boolean ahead = document.explanation().kind() == DocumentKind.PROVISIONING_BUNDLE && begins.isAfter(answered);
        return new ReceivedKeySetCheck(root, encoding.value())
                .check(keys, KeySetExpectation.around(users, root.schedule(), ahead ? begins : answered));
    }

    private static KmsCertificate rootOf(KmsKeySet keys, List<KmsCertificate> roots) {
        return roots.stream()
                .filter(root -> root.certUri().isPresent() && root.certUri().equals(keys.certUri()))
                .findFirst()
                .orElse(roots.get(0));
    }

    private void show(List<DecodedDocument> documents) {
        if (json()) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            documents.forEach(document -> array.add(json(document)));
            JsonText.print(
                    console(),
                    Json.createObjectBuilder().add("documents", array).build());
            return;
        }
        for (DecodedDocument document : documents) {
            ExplanationText.print(console(), document.file(), document.explanation());
            if (!document.verified().isEmpty()) {
                console().print("Verified");
                document.verified().forEach(what -> console().print("  ok  " + what));
            }
            document.reports().forEach(report -> ResponseTable.printReport(console(), report));
        }
    }

    private JsonObjectBuilder json(DecodedDocument document) {
        JsonObjectBuilder json = ExplanationText.json(document.file(), document.explanation())
                .add("verified", Json.createArrayBuilder(document.verified()));
        ResponseJson view = new ResponseJson(showSecrets);
        document.responses()
                .forEach(response -> json.addAll(Json.createObjectBuilder(view.of(response, document.reports()))));
        return json;
    }

    private int verdict(List<DecodedDocument> documents) {
        List<DecodedDocument> wrong = documents.stream()
                .filter(document -> document.explanation().firstFault().isPresent())
                .toList();
        wrong.forEach(this::tellFault);
        boolean right = documents.stream()
                .flatMap(document -> document.reports().stream())
                .allMatch(KeySetReport::nothingFailed);
        if (!right) {
            console().error("a check failed: these keys must not be used");
        }
        List<DecodedDocument> unknown = documents.stream()
                .filter(document -> !unchecked && !wrong.contains(document))
                .filter(document -> document.hasKeySets() && document.reports().isEmpty())
                .toList();
        unknown.forEach(this::tellNotChecked);
        return wrong.isEmpty() && right && unknown.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void tellFault(DecodedDocument document) {
        Explanation explanation = document.explanation();
        console()
                .error(ExplanationText.sentence(
                        document.file(), explanation.firstFault().orElseThrow()));
        explanation.advice().ifPresent(console()::hint);
        if (explanation.faults().size() > 1) {
            console().hint("it is the first of " + explanation.faults().size() + " faults, marked WRONG above");
        }
    }

    private void tellNotChecked(DecodedDocument document) {
        boolean sealed = document.responses().isEmpty();
        console().error("the keys were not checked: " + (sealed ? "they cannot be opened" : "no root certificate"));
        console()
                .hint(
                        sealed
                                ? "--key-store, or --trk and --ink, opens them; --no-check goes without"
                                : "`kmsctl init --output root.xml` fetches it, --certificate root.xml uses it; --no-check goes without");
    }
}
