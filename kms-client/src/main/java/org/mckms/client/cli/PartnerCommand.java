package org.mckms.client.cli;

import jakarta.json.JsonObject;
import org.mckms.client.PartnersAdmin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kmsctl partner} and its verbs. */
@Command(
        name = "partner",
        description = "Keep the certificates of partner KMSs: import, verify, replace, revoke.",
        subcommands = {
            PartnerCommand.List.class,
            PartnerCommand.Show.class,
            PartnerCommand.History.class,
            PartnerCommand.Verify.class,
            PartnerImportCommand.class,
            PartnerReplaceCommand.class,
            PartnerCommand.Revoke.class,
            PartnerCommand.Remove.class
        },
        footer = {"", "Example: kmsctl partner verify partner.xml"})
final class PartnerCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: list, show, history, verify, import, replace, revoke or remove");
    }

    /** {@code kmsctl partner list}. */
    @Command(
            name = "list",
            description = "List the certificates held.",
            footer = {"", "Example: kmsctl partner list"})
    static final class List extends KmsctlCommand {
        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            PartnersAdmin partners = admin.client(home(), "operator").partners();
            new AdminResult(this)
                    .showList(
                            context().progress("asking for the certificates", partners::list),
                            "no certificate of a partner",
                            "certUri",
                            "kmsUri",
                            "holds",
                            "validFrom",
                            "validTo",
                            "revoked",
                            "domains",
                            "cacheNum",
                            "importedBy",
                            "importedAt",
                            "integrity");
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl partner show}. */
    @Command(
            name = "show",
            description = "Show one certificate, and who brought it when.",
            footer = {"", "Example: kmsctl partner show cert1.kms.partner.example"})
    static final class Show extends KmsctlCommand {
        @Parameters(paramLabel = "CERT-URI", description = "name of the certificate")
        private String certUri;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            PartnersAdmin partners = admin.client(home(), "operator").partners();
            new AdminResult(this).show(context().progress("asking for the certificate", () -> partners.show(certUri)));
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl partner history}. */
    @Command(
            name = "history",
            description = "Show what was held under the name of a certificate before.",
            footer = {"", "Example: kmsctl partner history cert1.kms.partner.example"})
    static final class History extends KmsctlCommand {
        @Parameters(paramLabel = "CERT-URI", description = "name of the certificate")
        private String certUri;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            PartnersAdmin partners = admin.client(home(), "operator").partners();
            new AdminResult(this)
                    .showList(
                            context().progress("asking for the history", () -> partners.history(certUri)),
                            "nothing was held before",
                            "cacheNum",
                            "kmsUri",
                            "ending",
                            "endedBy",
                            "endedAt",
                            "reason",
                            "importedBy",
                            "importedAt",
                            "documentSha256");
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl partner verify}. */
    @Command(
            name = "verify",
            description = "Let the server check a certificate of a partner; nothing changes.",
            footer = {
                "",
                "`kmsctl decode` explains the file without a server.",
                "Example: kmsctl partner verify partner.xml"
            })
    static final class Verify extends KmsctlCommand {
        @Parameters(paramLabel = "FILE", description = "KmsCertificate or SignedKmsCertificate; - for standard input")
        private String file;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            PartnersAdmin partners = admin.client(home(), "operator").partners();
            byte[] document = Documents.octets(file, console());
            JsonObject answer = context().progress("checking the certificate", () -> partners.verify(document));
            new AdminResult(this).show(answer);
            return ExitCode.DONE;
        }
    }

    /** An act on a certificate held, for a reason that the audit trail keeps. */
    private abstract static class Act extends KmsctlCommand {
        private final String usualOperator;
        private final String done;

        @Parameters(paramLabel = "CERT-URI", description = "name of the certificate")
        private String certUri;

        @Mixin
        private Reason reason;

        @Mixin
        private AdminOptions admin;

        Act(String usualOperator, String done) {
            this.usualOperator = usualOperator;
            this.done = done;
        }

        abstract JsonObject act(PartnersAdmin partners, String certUri, String reason);

        @Override
        public final Integer call() {
            PartnersAdmin partners = admin.client(home(), usualOperator).partners();
            JsonObject answer = context().progress("changing the cache", () -> act(partners, certUri, reason.text()));
            new AdminResult(this).show(certUri + " is " + done, answer);
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl partner revoke}. */
    @Command(
            name = "revoke",
            description = "Tell clients that a certificate must not be used any more.",
            footer = {"", "Example: kmsctl partner revoke cert1.kms.partner.example --reason \"key lost\""})
    static final class Revoke extends Act {
        Revoke() {
            super("operator", "revoked");
        }

        @Override
        JsonObject act(PartnersAdmin partners, String certUri, String reason) {
            return partners.revoke(certUri, reason);
        }
    }

    /** {@code kmsctl partner remove}. */
    @Command(
            name = "remove",
            description = "Take a revoked certificate out of the cache.",
            footer = {"", "Example: kmsctl partner remove cert1.kms.partner.example --reason \"contract ended\""})
    static final class Remove extends Act {
        Remove() {
            super("officer", "removed");
        }

        @Override
        JsonObject act(PartnersAdmin partners, String certUri, String reason) {
            return partners.remove(certUri, reason);
        }
    }
}
