package org.mckms.client.cli;

import jakarta.json.Json;
import java.time.Instant;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.UserIdentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kmsctl uid}. */
@Command(
        name = "uid",
        description = "Compute the UID of a user (TS 33.180 annex F.2.1) and show what is hashed.",
        footer = {
            "",
            "Examples: kmsctl uid sip:user@example.org --kms-uri kms.example.org --number 1388",
            "          kmsctl uid sip:user@example.org --kms-uri kms.example.org --time 2014-02-01T00:00:00Z"
        })
final class UidCommand extends KmsctlCommand {
    @Parameters(paramLabel = "URI", description = "user URI, taken exactly as written")
    private String uri;

    @Option(names = "--kms-uri", required = true, paramLabel = "URI", description = "KmsUri of the KMS certificate")
    private String kmsUri;

    @Option(names = "--period", paramLabel = "SECONDS", description = "UserKeyPeriod (default: 2592000)")
    private long period = 2_592_000;

    @Option(names = "--offset", paramLabel = "SECONDS", description = "UserKeyOffset (default: 0)")
    private long offset;

    @Option(names = "--number", paramLabel = "N", description = "key period number; else it follows from --time")
    private Long number;

    @Option(names = "--time", paramLabel = "TIME", description = "moment in the key period (default: now)")
    private String time;

    @Override
    public Integer call() {
        if (number != null && time != null) {
            throw new WrongUseException("give --number or --time, not both");
        }
        try {
            long chosen = number != null ? number : numberAt(moment());
            Octets hashed = UserIdentifier.hashInput(uri, kmsUri, period, offset, chosen);
            show(chosen, hashed, UserIdentifier.format2(uri, kmsUri, period, offset, chosen));
        } catch (InvalidValueException e) {
            throw new WrongUseException(e.getMessage());
        }
        return ExitCode.DONE;
    }

    private Instant moment() {
        return time == null ? context().clock().instant() : Texts.instant(time, "--time");
    }

    private long numberAt(Instant moment) {
        return new KeyPeriodSchedule(period, offset).at(moment).number();
    }

    private void show(long chosen, Octets hashed, UserIdentifier uid) {
        if (json()) {
            JsonText.print(
                    console(),
                    Json.createObjectBuilder()
                            .add("userUri", uri)
                            .add("kmsUri", kmsUri)
                            .add("userKeyPeriod", period)
                            .add("userKeyOffset", offset)
                            .add("keyPeriodNo", chosen)
                            .add("s", hashed.toHex())
                            .add("uid", Texts.lowerHex(uid.octets()))
                            .build());
        } else {
            new Table()
                    .row("user URI", uri)
                    .row("KMS URI", kmsUri)
                    .row("key period", chosen + " (length " + period + " s, offset " + offset + " s)")
                    .row("S", hashed.toHex())
                    .row("UID", Texts.lowerHex(uid.octets()))
                    .print(console());
        }
    }
}
