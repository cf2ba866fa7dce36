package org.mckms.client.cli;

import org.mckms.mikeysakke.identity.IdentityEncoding;
import picocli.CommandLine.Option;

/** Option of the commands for which it matters how a UID enters the cryptography. */
final class IdentityEncodingOption {
    @Option(
            names = "--identity-encoding",
            paramLabel = "FORM",
            description = "raw or ascii_hex: how the UID enters ECCSI and SAKKE (default: raw)")
    private IdentityEncoding encoding = IdentityEncoding.RAW;

    IdentityEncoding value() {
        return encoding;
    }
}
