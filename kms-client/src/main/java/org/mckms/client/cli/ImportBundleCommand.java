package org.mckms.client.cli;

import jakarta.json.Json;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.mckms.client.BundleImport;
import org.mckms.client.KeySetSummary;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.store.ClientKeyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl import-bundle}. */
@Command(
        name = "import-bundle",
        description = "Check a bundle and put its key sets into the key store; needs no network.",
        footer = {
            "",
            "The bundle must be signed by the KMS, its answers under the InK of the device, and every key set is checked.",
            "Example: kmsctl import-bundle alice.bundle --key-store alice"
        })
final class ImportBundleCommand extends KmsctlCommand {
    @Parameters(paramLabel = "FILE", description = "the bundle; - for standard input")
    private String file;

    @Option(
            names = "--signer",
            paramLabel = "FILE",
            description = "PEM certificate that must have signed it (default: the one that came with the registration)")
    private Path signer;

    @Mixin
    private IdentityEncodingOption encoding;

    @Mixin
    private KeyStoreOptions keyStore;

    @Override
    public Integer call() {
        Optional<X509Certificate> pinned = Optional.ofNullable(signer).map(PemCertificate::read);
        try (ClientKeyStore store = keyStore.open(context(), home())) {
            byte[] octets = Documents.octets(file, console());
            BundleImport bundle = new BundleImport(
                    store,
                    ReceptionPolicy.STANDARD.withEncoding(encoding.value()),
                    context().clock());
            List<KeySetSummary> imported = context()
                    .progress("checking the bundle", () -> pinned.map(certificate -> bundle.read(octets, certificate))
                            .orElseGet(() -> bundle.read(octets)));
            show(imported);
        }
        return ExitCode.DONE;
    }

    private void show(List<KeySetSummary> imported) {
        if (json()) {
            JsonText.print(
                    console(),
                    Json.createObjectBuilder()
                            .add("keySets", KeyStoreText.json(imported))
                            .build());
            return;
        }
        console().print(imported.size() + " key sets checked and kept in " + keyStore.file(home()));
        KeyStoreText.print(console(), imported);
    }
}
