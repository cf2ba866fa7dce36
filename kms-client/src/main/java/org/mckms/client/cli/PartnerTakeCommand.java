package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.PartnersAdmin;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that takes a certificate of a partner in, once its fingerprint is confirmed. */
abstract class PartnerTakeCommand extends KmsctlCommand {
    private final String done;

    @Parameters(paramLabel = "FILE", description = "KmsCertificate or SignedKmsCertificate; - for standard input")
    private String file;

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "what the partner's operator read out: SHA-256 of the file or fingerprint of the certificate"
                    + " (default: asked for)")
    private String sha256;

    @Mixin
    private AdminOptions admin;

    /** @param done what is said afterwards */
    PartnerTakeCommand(String done) {
        this.done = done;
    }

    /** Sends the order. */
    abstract JsonObject take(PartnersAdmin partners, byte[] document, String confirmed);

    @Override
    public final Integer call() {
        if (sha256 == null && file.equals("-")) {
            throw new WrongUseException("give --sha256 with standard input: nobody can be asked");
        }
        PartnersAdmin partners = admin.client(home(), "officer").partners();
        byte[] document = Documents.octets(file, console());
        String confirmed = sha256 == null ? asked(partners, document) : sha256.strip();
        JsonObject answer = context().progress("taking the certificate in", () -> take(partners, document, confirmed));
        new AdminResult(this).show(done, answer);
        return ExitCode.DONE;
    }

    /** The answer of the server shows whose certificate it is, but not the fingerprint, which has to come another way. */
    private String asked(PartnersAdmin partners, byte[] document) {
        JsonObject checked = context().progress("checking the certificate", () -> partners.verify(document));
        console().tell("certificate  " + checked.getString("certUri", "-"));
        console().tell("KMS          " + checked.getString("kmsUri", "-"));
        return console()
                .ask("Fingerprint that the partner's operator reads out:")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new CommandFailedException("not confirmed, nothing was taken in"));
    }
}
