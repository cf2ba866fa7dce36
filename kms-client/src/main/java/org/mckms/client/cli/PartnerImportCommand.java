package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.PartnersAdmin;
import picocli.CommandLine.Command;

/** {@code kmsctl partner import}. */
@Command(
        name = "import",
        description = "Take in the certificate of a partner KMS.",
        footer = {
            "",
            "Let the partner's operator read the fingerprint out by telephone; do not copy it out of the file.",
            "Example: kmsctl partner import partner.xml"
        })
final class PartnerImportCommand extends PartnerTakeCommand {
    PartnerImportCommand() {
        super("the certificate is in the cache");
    }

    @Override
    JsonObject take(PartnersAdmin partners, byte[] document, String confirmed) {
        return partners.importCertificate(document, confirmed);
    }
}
