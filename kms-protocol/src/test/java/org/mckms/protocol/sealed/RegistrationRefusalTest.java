package org.mckms.protocol.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.INVALID_CERTIFICATE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.REGISTRATION_EXPIRED;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.error.KmsErrorCode.WEAK_PASSPHRASE;
import static org.mckms.protocol.error.KmsErrorCode.WRONG_RECIPIENT;
import static org.mckms.protocol.sealed.SealedFixtures.NOT_AFTER;
import static org.mckms.protocol.sealed.SealedFixtures.NOW;
import static org.mckms.protocol.sealed.SealedFixtures.RANDOM;
import static org.mckms.protocol.sealed.SealedFixtures.passphrase;
import static org.mckms.protocol.sealed.SealedFixtures.registration;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.PasswordRecipientInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.bundle.ProvisioningBundle;
import org.mckms.protocol.bundle.ProvisioningBundles;
import org.mckms.protocol.cms.PemArmour;
import org.mckms.protocol.cms.SignedContent;
import org.mckms.protocol.cms.TestIdentity;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

class RegistrationRefusalTest {
    private static final ASN1ObjectIdentifier CONTENT_INFO = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.1.6");
    private static final PemArmour ARMOUR = new PemArmour("MCKMS REGISTRATION");
    private static final TestIdentity KMS = TestIdentity.p256("kms.sign.bundle");
    private static final TestIdentity OTHER_KMS = TestIdentity.p256("kms.sign.bundle");
    private static final TestIdentity PHONE = TestIdentity.p256("phone");
    private static final TestIdentity OTHER_PHONE = TestIdentity.p256("phone");
    private static final Optional<X509Certificate> ANY = Optional.empty();
    private static final Optional<X509Certificate> PINNED = Optional.of(KMS.certificate());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fifteen chars!!",
                "aaaabbbbccccddddeeee",
                "correct horse b\u00e4ttery staple",
                "tab\tcorrect horse batt"
            })
    void isNotSealedByAWeakPassphrase(String passphrase) {
        refused(WEAK_PASSPHRASE, () -> Recipient.passphrase(passphrase.toCharArray()));
    }

    @Test
    void isNotSealedByAnEndlessPassphrase() {
        refused(
                WEAK_PASSPHRASE,
                () -> Recipient.passphrase("correct horse".repeat(16).toCharArray()));
    }

    @Test
    void isSealedBySixteenCharacters() {
        Recipient.passphrase("abcdefghijklmnop".toCharArray()).close();
    }

    @Test
    void isNotSealedForAWeakKey() {
        X509Certificate rsa = TestIdentity.rsa("phone", 2048).certificate();
        X509Certificate p521 = TestIdentity.ec("phone", "secp521r1").certificate();

        refused(INVALID_CERTIFICATE, () -> Recipient.certificate(rsa));
        refused(INVALID_CERTIFICATE, () -> Recipient.certificate(p521));
    }

    @Test
    void doesNotOpenWithAnotherPassphrase() {
        byte[] file = seal(Recipient.passphrase(passphrase()));

        refused(
                WRONG_RECIPIENT,
                () -> open(file, Opener.passphrase("correct horse battery stapler".toCharArray()), ANY));
        refused(WRONG_RECIPIENT, () -> open(file, Opener.passphrase(new char[0]), ANY));
        refused(WRONG_RECIPIENT, () -> open(file, phone(), PINNED));
    }

    @Test
    void doesNotOpenWithAnotherKey() {
        byte[] file = sealForPhone();

        refused(
                WRONG_RECIPIENT,
                () -> open(file, Opener.privateKey(OTHER_PHONE.key(), OTHER_PHONE.certificate()), PINNED));
        refused(WRONG_RECIPIENT, () -> open(file, Opener.passphrase(passphrase()), ANY));
    }

    @Test
    void doesNotOpenWithTheWrongKeyUnderTheRightName() {
        byte[] file = sealForPhone();

        refused(WRONG_RECIPIENT, () -> open(file, Opener.privateKey(OTHER_PHONE.key(), PHONE.certificate()), PINNED));
    }

    @Test
    void isOfThePinnedKmsOnly() {
        byte[] file = sealForPhone();

        refused(SIGNATURE_REQUIRED, () -> open(file, phone(), Optional.of(OTHER_KMS.certificate())));
    }

    @Test
    void isOfNobodyWhereAnybodyCouldHaveSealedIt() {
        byte[] forged;
        try (RegistrationFile made = registration();
                Recipient recipient = Recipient.certificate(PHONE.certificate())) {
            forged = RegistrationFiles.seal(made, recipient, OTHER_KMS, RANDOM);
        }

        refused(SIGNATURE_REQUIRED, () -> open(forged, phone(), ANY));
        refused(SIGNATURE_REQUIRED, () -> open(sealForPhone(), phone(), ANY));
        open(sealForPhone(), phone(), PINNED).close();
    }

    @Test
    void cannotBeSignedAnewByAnotherKms() {
        byte[] sealed = inner(sealForPhone());
        byte[] stolen = ARMOUR.wrap(SignedContent.sign(CONTENT_INFO, sealed, OTHER_KMS));

        refused(SIGNATURE_REQUIRED, () -> open(stolen, phone(), Optional.of(OTHER_KMS.certificate())));
        refused(SIGNATURE_REQUIRED, () -> open(stolen, phone(), PINNED));
    }

    @Test
    void expires() {
        byte[] file = sealForPhone();

        RegistrationFiles.open(file, phone(), PINNED, NOT_AFTER).close();
        refused(REGISTRATION_EXPIRED, () -> RegistrationFiles.open(file, phone(), PINNED, NOT_AFTER.plusMillis(1)));
    }

    @Test
    void opensUnderNoChangeOfAnOctet() {
        byte[] der = ARMOUR.unwrap(sealForPhone(), RegistrationFiles.MAX_OCTETS);
        for (int i = 0; i < der.length; i++) {
            byte[] altered = der.clone();
            altered[i] ^= (byte) (1 << (i % Byte.SIZE));
            assertThatThrownBy(() -> open(ARMOUR.wrap(altered), phone(), PINNED))
                    .as("octet %d", i)
                    .isInstanceOf(KmsException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 100, 1000})
    void doesNotOpenCutOff(int octets) {
        byte[] der = ARMOUR.unwrap(sealForPhone(), RegistrationFiles.MAX_OCTETS);

        refused(MALFORMED_REQUEST, () -> open(ARMOUR.wrap(Arrays.copyOf(der, octets)), phone(), PINNED));
        refused(MALFORMED_REQUEST, () -> open(ARMOUR.wrap(Arrays.copyOf(der, der.length + 1)), phone(), PINNED));
    }

    @Test
    void needsItsArmour() {
        byte[] file = sealForPhone();
        String text = new String(file, StandardCharsets.US_ASCII);

        refused(MALFORMED_REQUEST, () -> open(inner(file), phone(), PINNED));
        refused(MALFORMED_REQUEST, () -> open(ascii(text.replace("BEGIN MCKMS", "BEGIN")), phone(), PINNED));
        refused(MALFORMED_REQUEST, () -> open(ascii(text + text), phone(), PINNED));
        refused(MALFORMED_REQUEST, () -> open(ascii(text.replaceFirst("\n", "\n!")), phone(), PINNED));
        refused(BODY_TOO_LARGE, () -> open(new byte[RegistrationFiles.MAX_OCTETS + 1], phone(), PINNED));
        open(ascii("\n" + text.replace("\n", "\r\n")), phone(), PINNED).close();
    }

    @Test
    void isNoBundle() {
        byte[] bundle = ProvisioningBundles.sign(
                new ProvisioningBundle(
                        Fixtures.KMS, Fixtures.ALICE, "phone 1", NOW, Octets.ofUtf8("<a/>"), Octets.ofUtf8("<b/>")),
                KMS);

        refused(MALFORMED_REQUEST, () -> open(ARMOUR.wrap(bundle), phone(), PINNED));
        refused(
                MALFORMED_REQUEST,
                () -> ProvisioningBundles.open(ARMOUR.unwrap(sealForPhone(), RegistrationFiles.MAX_OCTETS), PINNED));
    }

    @ParameterizedTest
    @CsvSource({"599999, 16", "10000001, 16", "600000, 8", "600000, 65"})
    void isRefusedWithAWeakDerivation(int iterations, int saltOctets) {
        PasswordRecipientInfo recipient =
                PasswordWrap.wrap(new byte[32], new byte[32], new byte[saltOctets], iterations, RANDOM);

        refused(MALFORMED_REQUEST, () -> PasswordWrap.parameters(recipient));
    }

    @Test
    void isOfOneKms() {
        ClientKeys keys = new ClientKeys(NamedKey.takeFrom("tk", new byte[32]), Optional.empty());
        assertThatThrownBy(() -> new RegistrationFile(
                        "reg-1",
                        "other.example.org",
                        List.of(Fixtures.ROOT_URL),
                        Fixtures.ALICE,
                        "phone",
                        keys,
                        NOT_AFTER,
                        Fixtures.certificate(Role.ROOT, Fixtures.KMS, "example.org")))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new RegistrationFile(
                        "reg-1",
                        Fixtures.KMS,
                        List.of(),
                        Fixtures.ALICE,
                        "phone",
                        keys,
                        NOT_AFTER,
                        Fixtures.certificate(Role.ROOT, Fixtures.KMS, "example.org")))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void wipesItsKeysAndTellsNone() {
        RegistrationFile opened = open(sealForPhone(), phone(), PINNED);

        assertThat(opened.toString()).doesNotContain("1011121314");
        opened.close();

        assertThatThrownBy(() -> opened.keys().transportKey().key().use(key -> key))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> opened.keys().signingKey().key().use(key -> key))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Opener phone() {
        return Opener.privateKey(PHONE.key(), PHONE.certificate());
    }

    private static byte[] inner(byte[] file) {
        return SignedContent.open(
                        ARMOUR.unwrap(file, RegistrationFiles.MAX_OCTETS),
                        CONTENT_INFO,
                        RegistrationFiles.MAX_OCTETS,
                        ANY)
                .content()
                .toByteArray();
    }

    private static byte[] sealForPhone() {
        return seal(Recipient.certificate(PHONE.certificate()));
    }

    private static byte[] seal(Recipient recipient) {
        try (RegistrationFile made = registration();
                recipient) {
            return RegistrationFiles.seal(made, recipient, KMS, RANDOM);
        }
    }

    private static RegistrationFile open(byte[] file, Opener opener, Optional<X509Certificate> pinned) {
        try (opener) {
            return RegistrationFiles.open(file, opener, pinned, NOW);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static void refused(KmsErrorCode code, ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
