package org.mckms.client.cli;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.mckms.client.KeySetReport;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/** Shows an answer of a KMS to a person. */
final class ResponseTable {
    private static final String INDENT = "  ";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Console console;
    private final boolean showSecrets;

    /** @param showSecrets whether private keys are printed; else only that they are there */
    ResponseTable(Console console, boolean showSecrets) {
        this.console = console;
        this.showSecrets = showSecrets;
    }

    /** @param reports one per key set in their order, or none when they were not checked */
    void print(KmsResponse response, List<KeySetReport> reports) {
        console.print("KmsResponse");
        new Table()
                .row("user URI", response.userUri())
                .row("KMS URI", response.kmsUri())
                .row("time", response.time().toString())
                .row("KMS id", response.kmsId().orElse("-"))
                .row("asked for", response.clientReqUrl())
                .print(console, INDENT);
        if (response.answer() instanceof KmsError error) {
            console.print("KmsError");
            new Table()
                    .row("code", Integer.toString(error.code()))
                    .row("text", error.message())
                    .print(console, INDENT);
        } else if (response.answer() instanceof KmsInit init) {
            printCertificate("KmsInit", init.certificate());
        } else if (response.answer() instanceof KmsKeyProv provisioned) {
            printKeySets(provisioned.keySets(), reports);
        } else if (response.answer() instanceof KmsCertCache cache) {
            console.print("KmsCertCache, "
                    + (cache.cacheNum().isPresent()
                            ? "number " + cache.cacheNum().getAsLong()
                            : "no number") + ", "
                    + cache.certificates().size() + " certificates");
            cache.certificates().forEach(certificate -> printCertificate("KmsCertificate", certificate));
        }
    }

    void printCertificate(String title, KmsCertificate certificate) {
        console.print(title);
        new Table()
                .row("role", certificate.role().wireName())
                .row("certificate URI", certificate.certUri().orElse("-"))
                .row("KMS URI", certificate.kmsUri())
                .row("issuer", certificate.issuer().orElse("-"))
                .row(
                        "valid from",
                        certificate.validFrom().map(Instant::toString).orElse("-"))
                .row("valid to", certificate.validTo().map(Instant::toString).orElse("-"))
                .row("revoked", yesNo(certificate.revoked()))
                .row("security gateway", yesNo(certificate.securityGateway()))
                .row(
                        "key period",
                        certificate.schedule().lengthSeconds() + " s, offset "
                                + certificate.schedule().offsetSeconds() + " s")
                .row("domains", certificate.domains().isEmpty() ? "-" : String.join(", ", certificate.domains()))
                .row("Z_T", certificate.pubEncKey().octets().toHex())
                .row("KPAK", certificate.pubAuthKey().octets().toHex())
                .print(console, INDENT);
    }

    private void printKeySets(List<KmsKeySet> keySets, List<KeySetReport> reports) {
        if (keySets.isEmpty()) {
            console.print("KmsKeyProv without a key set");
        }
        for (int i = 0; i < keySets.size(); i++) {
            printKeySet(keySets.get(i));
            if (i < reports.size()) {
                printReport(console, reports.get(i));
            }
        }
    }

    private void printKeySet(KmsKeySet keys) {
        console.print("KmsKeySet");
        new Table()
                .row("user URI", keys.userUri())
                .row("UID", Texts.lowerHex(keys.userId().octets()))
                .row("KMS URI", keys.kmsUri())
                .row("certificate URI", keys.certUri().orElse("-"))
                .row("issuer", keys.issuer().orElse("-"))
                .row("key period", Long.toString(keys.period().number()))
                .row("valid from", keys.validFrom().map(Instant::toString).orElse("-"))
                .row("valid to", keys.validTo().map(Instant::toString).orElse("-"))
                .row("revoked", yesNo(keys.revoked()))
                .row("RSK", keys.rsk().use(this::secret))
                .row("SSK", keys.ssk().use(this::secret))
                .row("PVT", keys.pvt().octets().toHex())
                .print(console, INDENT);
    }

    /** What the checks of a key set found. */
    static void printReport(Console console, KeySetReport report) {
        console.print("Checks");
        Table table = new Table();
        report.findings()
                .forEach(finding ->
                        table.row(word(finding.outcome()), finding.check().title(), finding.detail()));
        table.print(console, INDENT);
    }

    private static String word(KeySetReport.Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "ok";
            case FAILED -> "FAILED";
            case NOT_COMPARED -> "not compared";
        };
    }

    private String secret(byte[] octets) {
        return showSecrets ? HEX.formatHex(octets) : octets.length + " octets, hidden";
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }
}
