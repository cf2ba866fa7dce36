package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.KeySetExpectation;
import org.mckms.client.KeySetReport;
import org.mckms.client.ReceivedKeySetCheck;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl decode}. */
@Command(
        name = "decode",
        description = "Show saved answers of a KMS and check the keys in them.",
        footer = {
            "",
            "Keys are checked against the root certificate: that of --certificate, else that in one of the documents.",
            "Keys that were not checked end with exit code 1, unless --no-check says so.",
            "Examples: kmsctl decode alice.xml --certificate root.xml",
            "          kmsctl decode root.xml alice.xml --json"
        })
final class DecodeCommand extends KmsctlCommand {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "KmsResponse documents; - or none for standard input")
    private List<String> files = new ArrayList<>();

    @Option(names = "--certificate", paramLabel = "FILE", description = "saved answer to KMS Initialize")
    private Path certificate;

    @Option(names = "--no-check", description = "show keys without checking them")
    private boolean unchecked;

    @Option(names = "--user", paramLabel = "URI", description = "user that the keys must be for (default: any)")
    private String user;

    @Mixin
    private IdentityEncodingOption encoding;

    @Option(names = "--show-secrets", description = "print private keys")
    private boolean showSecrets;

    private record Document(String file, KmsResponse response, List<KeySetReport> reports) {}

    @Override
    public Integer call() {
        List<String> names = files.isEmpty() ? List.of("-") : files;
        if (unchecked && certificate != null) {
            throw new WrongUseException("give --certificate or --no-check, not both");
        }
        if (names.stream().filter("-"::equals).count() > 1) {
            throw new WrongUseException("standard input can be read once only");
        }
        List<KmsResponse> responses = new ArrayList<>();
        try {
            names.forEach(name -> responses.add(Documents.read(name, console())));
            Optional<KmsCertificate> root = root(responses);
            List<Document> documents = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                documents.add(new Document(names.get(i), responses.get(i), check(responses.get(i), root)));
            }
            show(documents);
            return verdict(documents, root.isPresent());
        } finally {
            responses.forEach(KmsResponse::close);
        }
    }

    private Optional<KmsCertificate> root(List<KmsResponse> responses) {
        if (unchecked) {
            return Optional.empty();
        }
        if (certificate != null) {
            return Optional.of(Documents.rootCertificate(certificate, console()));
        }
        return responses.stream()
                .map(KmsResponse::answer)
                .filter(KmsInit.class::isInstance)
                .map(init -> ((KmsInit) init).certificate())
                .findFirst();
    }

    /** Checks the key sets of a document as of the time that it bears. */
    private List<KeySetReport> check(KmsResponse response, Optional<KmsCertificate> root) {
        if (root.isEmpty() || !(response.answer() instanceof KmsKeyProv provisioned)) {
            return List.of();
        }
        Set<String> users = user == null ? Set.of() : Set.of(user);
        KeySetExpectation expected = KeySetExpectation.around(users, root.get().schedule(), response.time());
        ReceivedKeySetCheck check = new ReceivedKeySetCheck(root.get(), encoding.value());
        return context().progress("checking the keys", () -> provisioned.keySets().stream()
                .map(keys -> check.check(keys, expected))
                .toList());
    }

    private void show(List<Document> documents) {
        if (json()) {
            ResponseJson view = new ResponseJson(showSecrets);
            JsonArrayBuilder array = Json.createArrayBuilder();
            documents.forEach(
                    document -> array.add(Json.createObjectBuilder(view.of(document.response(), document.reports()))
                            .add("file", document.file())));
            JsonText.print(
                    console(),
                    Json.createObjectBuilder().add("documents", array).build());
        } else {
            ResponseTable view = new ResponseTable(console(), showSecrets);
            documents.forEach(document -> view.print(document.response(), document.reports()));
        }
    }

    private int verdict(List<Document> documents, boolean checked) {
        boolean keys = documents.stream()
                .anyMatch(document -> document.response().answer() instanceof KmsKeyProv provisioned
                        && !provisioned.keySets().isEmpty());
        if (keys && !checked) {
            return unchecked ? ExitCode.DONE : notChecked();
        }
        boolean right = documents.stream()
                .flatMap(document -> document.reports().stream())
                .allMatch(KeySetReport::nothingFailed);
        if (!right) {
            console().error("a check failed: these keys must not be used");
        }
        return right ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int notChecked() {
        console().error("the keys were not checked: no root certificate");
        console()
                .hint(
                        "`kmsctl init --output root.xml` fetches it, --certificate root.xml uses it; --no-check goes without");
        return ExitCode.FAILED;
    }
}
