package org.mckms.client.cli;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.mckms.client.PartnersAdmin;
import org.mckms.mikeysakke.Sha256;
import org.mckms.protocol.partner.PartnerCertificate;
import org.mckms.protocol.partner.PartnerCertificateDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kmsctl certificate} and its verbs. */
@Command(
        name = "certificate",
        description = "Export the certificate of this KMS, signed, for partners.",
        subcommands = {CertificateCommand.Export.class},
        footer = {"", "Example: kmsctl certificate export --output ours.xml"})
final class CertificateCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: export");
    }

    /** {@code kmsctl certificate export}. */
    @Command(
            name = "export",
            description = "Save the External certificate, signed on the token, and show its fingerprint.",
            footer = {
                "",
                "Send the file to the partner and read the fingerprint out by another way.",
                "Example: kmsctl certificate export --output ours.xml"
            })
    static final class Export extends KmsctlCommand {
        @Option(names = "--output", paramLabel = "FILE", required = true, description = "where it goes")
        private Path file;

        @Option(
                names = "--cert-uri",
                paramLabel = "URI",
                description = "certificate of another active epoch (default: that of the present)")
        private String certUri;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() throws IOException {
            PartnersAdmin partners = admin.client(home(), "operator").partners();
            context()
                    .progress(
                            "exporting the certificate", () -> partners.exportOwn(Optional.ofNullable(certUri), file));
            byte[] document = Files.readAllBytes(file);
            String sha256 = HexFormat.of().formatHex(Sha256.of(document));
            PartnerCertificate exported = PartnerCertificateDocument.read(document);
            String signer = exported.signer().map(CertificatePin::sha256).orElse("-");
            if (json()) {
                JsonText.print(
                        console(),
                        Json.createObjectBuilder()
                                .add("file", file.toString())
                                .add("certUri", exported.certificate().certUri().orElse(""))
                                .add("fingerprint", Texts.lowerHex(exported.fingerprint()))
                                .add("documentSha256", sha256)
                                .add("signerSha256", signer)
                                .build());
                return ExitCode.DONE;
            }
            new Table()
                    .row("file", file.toString())
                    .row("certificate", exported.certificate().certUri().orElse("-"))
                    .row("fingerprint", Texts.lowerHex(exported.fingerprint()))
                    .row("SHA-256 of the file", sha256)
                    .row("SHA-256 of the signer", signer)
                    .print(console());
            return ExitCode.DONE;
        }
    }
}
