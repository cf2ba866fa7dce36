package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.KeySetExpectation;
import org.mckms.client.KeySetReport;
import org.mckms.client.ReceivedKeySetCheck;
import org.mckms.client.cli.explain.Explainer;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.sealed.Opener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl decode}. */
@Command(
        name = "decode",
        description = "Explain any document of the KMS protocol, field by field, and check the keys in it.",
        footer = {
            "",
            "The column on the left is the clause that defines the field: of TS 33.180, unless it names another.",
            "What is wrong first is told on standard error, with exit code 1.",
            "Keys are checked against the root certificate: that of --certificate, else that in one of the documents.",
            "Keys that were not checked end with exit code 1, unless --no-check says so.",
            "Examples: kmsctl decode alice.xml --certificate root.xml",
            "          kmsctl decode alice.jwt --jwks jwks.json"
        })
final class DecodeCommand extends KmsctlCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "request, answer, certificate, redirect response, access token; - or none for standard input")
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
        try {
            Explainer explainer = new Explainer(context().clock().instant(), showSecrets, keys.signer(), opener);
            DocumentReader reader = new DocumentReader(console(), explainer, keys);
            names.forEach(name -> documents.add(reader.read(name)));
            Optional<KmsCertificate> root = root(documents);
            documents.replaceAll(document -> document.checked(check(document, root)));
            show(documents);
            return verdict(documents, root.isPresent());
        } finally {
            documents.forEach(DecodedDocument::close);
            opener.ifPresent(Opener::close);
        }
    }

    private Optional<KmsCertificate> root(List<DecodedDocument> documents) {
        if (unchecked) {
            return Optional.empty();
        }
        if (certificate != null) {
            return Optional.of(Documents.rootCertificate(certificate, console()));
        }
        return documents.stream()
                .flatMap(document -> document.init().stream())
                .map(KmsInit::certificate)
                .findFirst();
    }

    /** Checks the key sets of a document as of the time that it bears. */
    private List<KeySetReport> check(DecodedDocument document, Optional<KmsCertificate> root) {
        if (root.isEmpty() || !document.hasKeySets()) {
            return List.of();
        }
        Set<String> users = user == null ? Set.of() : Set.of(user);
        KeySetExpectation expected = KeySetExpectation.around(
                users, root.get().schedule(), document.response().orElseThrow().time());
        ReceivedKeySetCheck check = new ReceivedKeySetCheck(root.get(), encoding.value());
        return context().progress("checking the keys", () -> document.keyProv().orElseThrow().keySets().stream()
                .map(keys -> check.check(keys, expected))
                .toList());
    }

    private void show(List<DecodedDocument> documents) {
        if (json()) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            documents.forEach(document -> array.add(json(document)));
            JsonText.print(
                    console(),
                    Json.createObjectBuilder().add("documents", array).build());
        } else {
            documents.forEach(document -> {
                ExplanationText.print(console(), document.file(), document.explanation());
                document.reports().forEach(report -> ResponseTable.printReport(console(), report));
            });
        }
    }

    private JsonObjectBuilder json(DecodedDocument document) {
        JsonObjectBuilder json = ExplanationText.json(document.file(), document.explanation());
        document.response()
                .ifPresent(response -> json.addAll(
                        Json.createObjectBuilder(new ResponseJson(showSecrets).of(response, document.reports()))));
        return json;
    }

    private int verdict(List<DecodedDocument> documents, boolean checked) {
        boolean wellFormed = documents.stream()
                        .filter(document -> document.explanation().firstFault().isPresent())
                        .peek(this::tellFault)
                        .count()
                == 0;
        boolean right = documents.stream()
                .flatMap(document -> document.reports().stream())
                .allMatch(KeySetReport::nothingFailed);
        if (!right) {
            console().error("a check failed: these keys must not be used");
        }
        boolean unknown = !checked && !unchecked && documents.stream().anyMatch(DecodedDocument::hasKeySets);
        if (unknown) {
            tellNotChecked();
        }
        return wellFormed && right && !unknown ? ExitCode.DONE : ExitCode.FAILED;
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

    private void tellNotChecked() {
        console().error("the keys were not checked: no root certificate");
        console()
                .hint(
                        "`kmsctl init --output root.xml` fetches it, --certificate root.xml uses it; --no-check goes without");
    }
}
