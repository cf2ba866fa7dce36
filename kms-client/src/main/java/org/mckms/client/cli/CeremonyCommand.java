package org.mckms.client.cli;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.mckms.client.AdminClient;
import org.mckms.client.EpochOrder;
import org.mckms.client.ImportedMasters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kmsctl ceremony}. */
@Command(
        name = "ceremony",
        description = "Make a new epoch: master secrets and the root KMS certificate.",
        footer = {
            "",
            "The master secrets are derived from a new key that never leaves the token. With --import they are",
            "taken from a file with the lines ksak=<hex> and zT=<hex>; published numbers in development epochs only.",
            "Example: kmsctl ceremony --purpose development --cert-uri cert1.kms.example.org"
        })
final class CeremonyCommand extends KmsctlCommand {
    private static final Duration USUAL_VALIDITY = Duration.ofDays(730);
    private static final long USUAL_PERIOD_SECONDS = 2_592_000;

    @Option(names = "--purpose", required = true, paramLabel = "KIND", description = "production or development")
    private EpochOrder.Purpose purpose;

    @Option(names = "--cert-uri", required = true, paramLabel = "URI", description = "URI of the new certificate")
    private String certUri;

    @Option(
            names = "--period",
            paramLabel = "SECONDS",
            description = "length of a key period (default: " + USUAL_PERIOD_SECONDS + ", 30 days)")
    private long periodSeconds = USUAL_PERIOD_SECONDS;

    @Option(
            names = "--offset",
            paramLabel = "SECONDS",
            description = "begin of key period 0 after 1900-01-01; smaller than the period (default: 0)")
    private long offsetSeconds;

    @Option(names = "--valid-from", paramLabel = "TIME", description = "begin of validity (default: now)")
    private String validFrom;

    @Option(names = "--valid-to", paramLabel = "TIME", description = "end of validity (default: 730 days after begin)")
    private String validTo;

    @Option(names = "--import", paramLabel = "FILE", description = "take the master secrets from this file")
    private Path importFile;

    @Mixin
    private Confirmation confirmation;

    @Mixin
    private AdminOptions admin;

    @Override
    public Integer call() {
        Optional<ImportedMasters> masters = Optional.ofNullable(importFile).map(ImportedMasters::read);
        try {
            EpochOrder order = order(masters);
            AdminClient client = admin.client(home(), "officer");
            admin.tellTarget(console(), home());
            confirmation.require(
                    console(),
                    () -> explain(order),
                    "Type the URI of the certificate to go on:",
                    order.certUri(),
                    "nothing was made");
            JsonObject answer = context().progress("holding the ceremony", () -> client.createEpoch(order));
            new AdminResult(this).show("the epoch is made", answer);
            return ExitCode.DONE;
        } finally {
            masters.ifPresent(ImportedMasters::close);
        }
    }

    private EpochOrder order(Optional<ImportedMasters> masters) {
        Instant from = validFrom == null
                ? context().clock().instant().truncatedTo(ChronoUnit.SECONDS)
                : Texts.instant(validFrom, "--valid-from");
        Instant to = validTo == null ? from.plus(USUAL_VALIDITY) : Texts.instant(validTo, "--valid-to");
        try {
            return new EpochOrder(purpose, certUri, from, to, periodSeconds, offsetSeconds, masters);
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(e.getMessage());
        }
    }

    private void explain(EpochOrder order) {
        console().tell("A new epoch will be made. It cannot be undone, only retired:");
        console().tell("  certificate     " + order.certUri());
        console().tell("  purpose         " + order.purpose().name().toLowerCase(Locale.ROOT));
        console()
                .tell("  master secrets  "
                        + (order.masters().isPresent()
                                ? "imported from " + importFile
                                : "derived from a new key on the token"));
        console().tell("  valid           " + order.validFrom() + " to " + order.validTo());
        console()
                .tell("  key period      " + order.userKeyPeriodSeconds() + " s, offset " + order.userKeyOffsetSeconds()
                        + " s");
    }
}
