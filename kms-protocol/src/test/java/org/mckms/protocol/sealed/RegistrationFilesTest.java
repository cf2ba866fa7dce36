package org.mckms.protocol.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.protocol.sealed.SealedFixtures.NOT_AFTER;
import static org.mckms.protocol.sealed.SealedFixtures.NOW;
import static org.mckms.protocol.sealed.SealedFixtures.RANDOM;
import static org.mckms.protocol.sealed.SealedFixtures.key;
import static org.mckms.protocol.sealed.SealedFixtures.passphrase;
import static org.mckms.protocol.sealed.SealedFixtures.registration;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.cms.TestIdentity;
import org.mckms.protocol.security.NamedKey;

class RegistrationFilesTest {
    private static final TestIdentity KMS = TestIdentity.p256("kms.sign.bundle");

    @Test
    void opensWithItsPassphrase() {
        byte[] file = seal(Recipient.passphrase(passphrase()));

        assertThat(new String(file, StandardCharsets.US_ASCII))
                .startsWith("-----BEGIN MCKMS REGISTRATION-----\n")
                .endsWith("\n-----END MCKMS REGISTRATION-----\n");
        assertOpens(file, Opener.passphrase(passphrase()));
        assertThat(RegistrationFiles.signerOf(file)).isEqualTo(KMS.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1"})
    void opensWithAnEcKey(String curve) {
        TestIdentity device = TestIdentity.ec("phone", curve);

        assertOpens(
                seal(Recipient.certificate(device.certificate())),
                Opener.privateKey(device.key(), device.certificate()));
    }

    @Test
    void opensWithAnRsaKey() {
        TestIdentity device = TestIdentity.rsa("phone", 3072);

        assertOpens(
                seal(Recipient.certificate(device.certificate())),
                Opener.privateKey(device.key(), device.certificate()));
    }

    @Test
    void carriesATransportKeyAlone() {
        TestIdentity device = TestIdentity.p256("phone");
        try (RegistrationFile made = registration(Optional.empty())) {
            byte[] file = RegistrationFiles.seal(made, Recipient.certificate(device.certificate()), KMS, RANDOM);

            try (RegistrationFile opened = RegistrationFiles.open(
                    file, Opener.privateKey(device.key(), device.certificate()), Optional.of(KMS.certificate()), NOW)) {
                assertThat(opened.keys().integrityKey()).isEmpty();
            }
        }
    }

    private static byte[] seal(Recipient recipient) {
        try (RegistrationFile made = registration();
                recipient) {
            return RegistrationFiles.seal(made, recipient, KMS, RANDOM);
        }
    }

    private static void assertOpens(byte[] file, Opener opener) {
        Optional<X509Certificate> pinned = Optional.of(KMS.certificate());
        try (opener;
                RegistrationFile made = registration();
                RegistrationFile opened = RegistrationFiles.open(file, opener, pinned, NOW)) {
            assertThat(opened.registrationId()).isEqualTo("reg-1");
            assertThat(opened.kmsUri()).isEqualTo(Fixtures.KMS);
            assertThat(opened.baseUrls()).isEqualTo(made.baseUrls());
            assertThat(opened.userUri()).isEqualTo(Fixtures.ALICE);
            assertThat(opened.device()).isEqualTo("phone 1");
            assertThat(opened.notAfter()).isEqualTo(NOT_AFTER);
            assertThat(opened.root()).isEqualTo(made.root());
            assertKey(opened.keys().transportKey(), "tk.1." + Fixtures.ALICE, key(0x10));
            assertKey(opened.keys().integrityKey().orElseThrow(), "ink.1." + Fixtures.ALICE, key(0x40));
        }
    }

    private static void assertKey(NamedKey opened, String name, byte[] octets) {
        assertThat(opened.name()).isEqualTo(name);
        assertThat(opened.key().<byte[]>use(byte[]::clone)).isEqualTo(octets);
    }
}
