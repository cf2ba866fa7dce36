package org.mckms.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.client.TestDomain.ALICE;
import static org.mckms.client.TestDomain.BOB;
import static org.mckms.client.TestDomain.NOW;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.client.TestDomain.Keys;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.Role;

class ReceivedKeySetCheckTest {
    private static final KeyPeriodSchedule SCHEDULE = new KeyPeriodSchedule(2_592_000, 0);
    private static final KeySetExpectation FOR_ALICE = KeySetExpectation.around(Set.of(ALICE), SCHEDULE, NOW);

    @ParameterizedTest
    @MethodSource("users")
    void acceptsEveryKeySetOfTheDomain(String user) {
        KeySetReport report =
                check(TestDomain.certificate(), keys(user), KeySetExpectation.around(Set.of(user), SCHEDULE, NOW));

        assertThat(report.findings()).extracting(KeySetReport.Finding::check).containsExactly(KeySetCheck.values());
        assertThat(report.nothingFailed()).isTrue();
        assertThat(report.notCompared()).isEmpty();
        assertThat(report.firstFailure()).isEmpty();
    }

    static Stream<String> users() {
        return Stream.of(ALICE, BOB, TestDomain.SERVER, "sip:gms@example.org");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongKeySets")
    void namesTheCheckThatFails(String what, Keys keys, Set<KeySetCheck> expectedFailures) {
        KeySetReport report = check(TestDomain.certificate(), keys, FOR_ALICE);

        assertThat(report.nothingFailed()).isFalse();
        assertThat(report.findings())
                .filteredOn(finding -> !finding.passed())
                .extracting(KeySetReport.Finding::check)
                .as(what)
                .containsExactlyInAnyOrderElementsOf(expectedFailures);
    }

    static Stream<Arguments> wrongKeySets() {
        Keys alice = keys(ALICE);
        Keys bob = keys(BOB);
        return Stream.of(
                Arguments.of(
                        "SSK of another user",
                        with(alice, bob.ssk(), alice.pvt(), alice.rsk()),
                        Set.of(KeySetCheck.SIGNING_KEY_VALID)),
                Arguments.of(
                        "PVT of another user",
                        with(alice, alice.ssk(), bob.pvt(), alice.rsk()),
                        Set.of(KeySetCheck.SIGNING_KEY_VALID)),
                Arguments.of(
                        "SSK and PVT of another user",
                        with(alice, bob.ssk(), bob.pvt(), alice.rsk()),
                        Set.of(KeySetCheck.SIGNING_KEY_VALID)),
                Arguments.of(
                        "RSK of another user",
                        with(alice, alice.ssk(), alice.pvt(), bob.rsk()),
                        Set.of(KeySetCheck.DECRYPTION_KEY_VALID)),
                Arguments.of(
                        "one bit of SSK",
                        with(alice, flipLastBit(alice.ssk()), alice.pvt(), alice.rsk()),
                        Set.of(KeySetCheck.SIGNING_KEY_VALID)),
                Arguments.of(
                        "UserID of another user",
                        described(alice, ALICE, bob.uid(), 1514, false),
                        Set.of(KeySetCheck.USER_ID_RECOMPUTED)),
                Arguments.of("keys of another user", bob, Set.of(KeySetCheck.FOR_THE_USER)),
                Arguments.of(
                        "marked as revoked",
                        described(alice, ALICE, alice.uid(), 1514, true),
                        Set.of(KeySetCheck.NOT_REVOKED)),
                Arguments.of(
                        "another period",
                        described(alice, ALICE, alice.uid(), 1516, false),
                        Set.of(
                                KeySetCheck.PERIOD_PLAUSIBLE,
                                KeySetCheck.USER_ID_RECOMPUTED,
                                KeySetCheck.SIGNING_KEY_VALID,
                                KeySetCheck.DECRYPTION_KEY_VALID)),
                Arguments.of(
                        "another KMS",
                        issuedBy(alice, "kms.partner.example", Optional.empty()),
                        Set.of(KeySetCheck.ISSUED_BY_THIS_KMS)),
                Arguments.of(
                        "another certificate",
                        issuedBy(alice, TestDomain.KMS_URI, Optional.of("cert2.kms.example.org")),
                        Set.of(KeySetCheck.ISSUED_BY_THIS_KMS)),
                Arguments.of(
                        "dates of another period",
                        dated(alice, "2024-06-09T00:00:00Z", "2024-06-10T00:00:00Z"),
                        Set.of(KeySetCheck.PERIOD_PLAUSIBLE)));
    }

    @Test
    void refusesEverythingUnderACertificateOfAnotherKms() {
        KeySetReport report = check(TestDomain.certificate(Role.EXTERNAL, false), keys(ALICE), FOR_ALICE);

        assertThat(report.firstFailure()).map(KeySetReport.Finding::check).contains(KeySetCheck.CERTIFICATE_VALID);
    }

    @Test
    void refusesARevokedCertificate() {
        KeySetReport report = check(TestDomain.certificate(Role.ROOT, true), keys(ALICE), FOR_ALICE);

        assertThat(report.of(KeySetCheck.CERTIFICATE_VALID).passed()).isFalse();
        assertThat(report.of(KeySetCheck.SIGNING_KEY_VALID).passed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("momentsAroundTheValidity")
    void looksAtTheValidityOfTheCertificate(Instant moment, boolean valid) {
        KeySetExpectation expected =
                new KeySetExpectation(Set.of(ALICE), new KeyPeriod(1514), new KeyPeriod(1514), moment);

        KeySetReport report = check(TestDomain.certificate(), keys(ALICE), expected);

        assertThat(report.of(KeySetCheck.CERTIFICATE_VALID).passed()).isEqualTo(valid);
    }

    static Stream<Arguments> momentsAroundTheValidity() {
        return Stream.of(
                Arguments.of(Instant.parse("2023-12-31T23:59:59Z"), false),
                Arguments.of(Instant.parse("2024-01-01T00:00:00Z"), true),
                Arguments.of(Instant.parse("2026-01-01T00:00:00Z"), true),
                Arguments.of(Instant.parse("2026-01-01T00:00:01Z"), false));
    }

    @Test
    void takesTheNeighboursOfTheCurrentPeriodOnlyWhenNoTimeWasNamed() {
        Instant inTheNextPeriod = Instant.parse("2024-06-09T00:00:00Z");

        assertThat(check(
                                TestDomain.certificate(),
                                keys(ALICE),
                                KeySetExpectation.around(Set.of(ALICE), SCHEDULE, inTheNextPeriod))
                        .nothingFailed())
                .isTrue();
        assertThat(check(
                                TestDomain.certificate(),
                                keys(ALICE),
                                KeySetExpectation.containing(Set.of(ALICE), SCHEDULE, inTheNextPeriod))
                        .of(KeySetCheck.PERIOD_PLAUSIBLE)
                        .passed())
                .isFalse();
    }

    @Test
    void saysSoWhenNoUserWasNamed() {
        KeySetReport report =
                check(TestDomain.certificate(), keys(BOB), KeySetExpectation.around(Set.of(), SCHEDULE, NOW));

        assertThat(report.of(KeySetCheck.FOR_THE_USER).outcome()).isEqualTo(KeySetReport.Outcome.NOT_COMPARED);
        assertThat(report.of(KeySetCheck.FOR_THE_USER).passed()).isFalse();
        assertThat(report.notCompared()).containsExactly(report.of(KeySetCheck.FOR_THE_USER));
        assertThat(report.nothingFailed()).isTrue();
    }

    @Test
    void refusesTheOtherEncodingOfTheIdentity() {
        try (KmsKeySet keys = keys(ALICE).build()) {
            KeySetReport report = new ReceivedKeySetCheck(TestDomain.certificate(), IdentityEncoding.ASCII_HEX)
                    .check(keys, FOR_ALICE);

            assertThat(report.of(KeySetCheck.SIGNING_KEY_VALID).passed()).isFalse();
            assertThat(report.of(KeySetCheck.DECRYPTION_KEY_VALID).passed()).isFalse();
            assertThat(report.of(KeySetCheck.USER_ID_RECOMPUTED).passed()).isTrue();
        }
    }

    private static KeySetReport check(KmsCertificate root, Keys keys, KeySetExpectation expected) {
        try (KmsKeySet built = keys.build()) {
            return new ReceivedKeySetCheck(root, IdentityEncoding.RAW).check(built, expected);
        }
    }

    private static Keys keys(String user) {
        return TestDomain.keysOf(user);
    }

    private static Keys with(Keys keys, String ssk, String pvt, String rsk) {
        return new Keys(
                keys.kmsUri(),
                keys.certUri(),
                keys.userUri(),
                keys.uid(),
                keys.validFrom(),
                keys.validTo(),
                keys.period(),
                keys.revoked(),
                rsk,
                ssk,
                pvt);
    }

    private static Keys described(Keys keys, String userUri, String uid, long period, boolean revoked) {
        return new Keys(
                keys.kmsUri(),
                keys.certUri(),
                userUri,
                uid,
                Optional.empty(),
                Optional.empty(),
                period,
                revoked,
                keys.rsk(),
                keys.ssk(),
                keys.pvt());
    }

    private static Keys issuedBy(Keys keys, String kmsUri, Optional<String> certUri) {
        return new Keys(
                kmsUri,
                certUri,
                keys.userUri(),
                keys.uid(),
                keys.validFrom(),
                keys.validTo(),
                keys.period(),
                keys.revoked(),
                keys.rsk(),
                keys.ssk(),
                keys.pvt());
    }

    private static Keys dated(Keys keys, String from, String to) {
        return new Keys(
                keys.kmsUri(),
                keys.certUri(),
                keys.userUri(),
                keys.uid(),
                Optional.of(Instant.parse(from)),
                Optional.of(Instant.parse(to)),
                keys.period(),
                keys.revoked(),
                keys.rsk(),
                keys.ssk(),
                keys.pvt());
    }

    private static String flipLastBit(String hex) {
        int last = Character.digit(hex.charAt(hex.length() - 1), 16) ^ 1;
        return hex.substring(0, hex.length() - 1) + Character.toUpperCase(Character.forDigit(last, 16));
    }
}
