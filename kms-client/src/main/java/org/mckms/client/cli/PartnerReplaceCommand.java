package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.PartnersAdmin;
import picocli.CommandLine.Command;

/** {@code kmsctl partner replace}. */
@Command(
        name = "replace",
        description = "Put a certificate in the place of the one of the same CertUri.",
        footer = {"", "Example: kmsctl partner replace partner.xml --sha256 0123..."})
final class PartnerReplaceCommand extends PartnerTakeCommand {
    PartnerReplaceCommand() {
        super("the certificate is replaced");
    }

    @Override
    JsonObject take(PartnersAdmin partners, byte[] document, String confirmed) {
        return partners.replace(document, confirmed);
    }
}
