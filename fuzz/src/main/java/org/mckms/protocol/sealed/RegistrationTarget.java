package org.mckms.protocol.sealed;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.fuzz.Keys;
import org.mckms.fuzz.Target;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cms.AsnFaults;
import org.mckms.protocol.cms.AuthEnvelope;
import org.mckms.protocol.cms.CertificateFingerprint;
import org.mckms.protocol.cms.DerShape;
import org.mckms.protocol.error.KmsException;

/**
 * A registration file: as a file, which is that of the corpus if it opens at all; after an octet 00 as what lies behind its
 * signature; after 01 as what lies behind its seal.
 */
public final class RegistrationTarget implements Target {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Optional<X509Certificate> PINNED = Optional.of(Keys.SIGNER.certificate());
    private static final Octets SIGNER = CertificateFingerprint.of(Keys.SIGNER.certificate());
    private static final Opener DEVICE = Opener.privateKey(Keys.DEVICE_KEY, Keys.DEVICE);
    private static final RegistrationTarget TARGET = new RegistrationTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        int kind = input.length > 0 ? input[0] : -1;
        byte[] rest = input.length > 0 ? Arrays.copyOfRange(input, 1, input.length) : input;
        try {
            switch (kind) {
                case 0 -> sealed(rest);
                case 1 -> content(rest);
                default -> file(input);
            }
            return true;
        } catch (KmsException | InvalidValueException e) {
            return false;
        }
    }

    private static void file(byte[] file) {
        try (RegistrationFile opened = RegistrationFiles.open(file, DEVICE, PINNED, NOW)) {
            Target.require(
                    opened.registrationId().equals("reg-1")
                            && opened.keys()
                                    .transportKey()
                                    .key()
                                    .constantTimeEquals(
                                            Keys.clientKeys().transportKey().key()),
                    "a forged registration opens");
        }
    }

    /** What the envelope throws is caught by its caller; here only how it ends and what it lets through counts. */
    private static void sealed(byte[] sealed) {
        DerShape.check(sealed, RegistrationFiles.MAX_OCTETS);
        byte[] content = AsnFaults.asMalformed(
                () -> AuthEnvelope.open(sealed, DEVICE::unwrap, RegistrationFiles::wrongRecipient));
        RegistrationContent.decode(content, SIGNER).close();
    }

    private static void content(byte[] content) {
        try (RegistrationFile read = RegistrationContent.decode(content, SIGNER)) {
            byte[] again = RegistrationContent.encode(read, SIGNER);
            try (RegistrationFile same = RegistrationContent.decode(again, SIGNER)) {
                Target.require(
                        Arrays.equals(again, RegistrationContent.encode(same, SIGNER)),
                        "a registration changes when it is written and read again");
            }
        }
    }

    /** What is sealed in a file, for the corpus. */
    public static byte[] contentOf(RegistrationFile file) {
        return RegistrationContent.encode(file, SIGNER);
    }

    /** What is signed in a file, for the corpus. */
    public static byte[] sealedOf(byte[] content, SecureRandom random) throws GeneralSecurityException, IOException {
        Recipient device = Recipient.certificate(Keys.DEVICE);
        return AuthEnvelope.seal(content, key -> device.wrap(key, random), random);
    }
}
