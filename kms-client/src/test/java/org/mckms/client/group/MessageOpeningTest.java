package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.BOB;
import static org.mckms.client.group.TwoDomains.CAROL;
import static org.mckms.client.group.TwoDomains.GMS;
import static org.mckms.client.group.TwoDomains.GROUP;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.NOW;
import static org.mckms.client.group.TwoDomains.PARTNER;
import static org.mckms.client.group.TwoDomains.PARTNER_GMS;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.TestEpoch;
import org.mckms.client.TestPki;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.group.ReceptionFault;

/** The twelve checks of a receiver, each with what fails it, in their order. */
class MessageOpeningTest {
    private static final TestPki PKI = new TestPki();
    private static final TestGroupKey KEY = TestGroupKey.gmk(1, GROUP);
    private static final ExpectedMessage EXPECTED = expecting(GMS.sender());

    @TempDir
    private Path folder;

    private TwoDomains world;
    private TestMember alice;

    @BeforeEach
    void begin() throws Exception {
        world = new TwoDomains(PKI, folder);
        alice = world.home(ALICE);
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void opensAMessageOfTheServer() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);

        try (OpenedMessage opened = alice.opening().open(message, EXPECTED);
                SecretOctets sent = KEY.key()) {
            assertThat(opened.key().key().constantTimeEquals(sent)).isTrue();
            assertThat(opened.key().keyId()).isEqualTo(KEY.id());
            assertThat(opened.key().rand()).isEqualTo(KEY.randOctets());
            assertThat(opened.key().parameters()).contains(KEY.parameters());
            assertThat(opened.sender()).isEqualTo(GMS.sender());
            assertThat(opened.time()).isEqualTo(NOW);
            assertThat(opened.usableUntil()).isEqualTo(Instant.parse("2024-06-09T01:00:00Z"));
            assertThat(opened.toString()).doesNotContain("01010101");
        }
    }

    @Test
    void opensAMessageOfAServerOfAnotherSystem() {
        Octets message = PARTNER_GMS.message(KEY, ALICE, HOME, NOW);

        try (OpenedMessage opened = alice.opening().open(message, expecting(PARTNER_GMS.sender()))) {
            assertThat(opened.key().keyId()).isEqualTo(KEY.id());
        }
    }

    @Test
    void opensAMessageToAMemberOfAnotherSystem() {
        try (TestMember carol = world.partner(CAROL);
                OpenedMessage opened = carol.opening().open(GMS.message(KEY, CAROL, PARTNER, NOW), EXPECTED)) {
            assertThat(opened.key().keyId()).isEqualTo(KEY.id());
        }
    }

    @Test
    void opensAMessageThatHidesBothIdentities() {
        TestGroupKey hidden = KEY.with(MessageProfile.DEFAULT.hidingIdentity());

        try (OpenedMessage opened = alice.opening().open(GMS.message(hidden, ALICE, HOME, NOW), EXPECTED)) {
            assertThat(opened.sender()).isEqualTo(GMS.sender());
            assertThat(opened.key().keyId()).isEqualTo(KEY.id());
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 26", "3, 255", "9, 255", "11, 1"})
    void refusesWhatIsNoIMessage(int octet, int change) {
        byte[] message = GMS.message(KEY, ALICE, HOME, NOW).toByteArray();
        message[octet] ^= (byte) change;

        assertThat(fault(Octets.copyOf(message))).isEqualTo(ReceptionFault.MALFORMED);
        assertThat(fault(Octets.copyOf(new byte[] {1}))).isEqualTo(ReceptionFault.MALFORMED);
    }

    @Test
    void refusesAMessageThatIsCutOrHasMoreBehindItsSignature() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);

        assertThat(fault(message.slice(0, message.size() - 1))).isEqualTo(ReceptionFault.MALFORMED);
        assertThat(fault(message.concat(Octets.fromHex("00")))).isEqualTo(ReceptionFault.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"-301, STALE", "-300,", "300,", "301, STALE", "-600, STALE", "600, STALE"})
    void refusesAMessageMoreThanFiveMinutesOff(long seconds, ReceptionFault expected) {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW.plusSeconds(seconds));

        assertThat(faultIfAny(message, EXPECTED)).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void takesAStoredMessageAsLongAsItsKeyPeriodAndTheGrace() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);
        ExpectedMessage stored = expecting(MessageWindow.STORED);

        world.clock.set(Instant.parse("2024-06-09T00:59:59Z"));
        assertThat(faultIfAny(message, stored)).isEmpty();
        world.clock.set(Instant.parse("2024-06-09T01:00:00Z"));
        assertThat(faultIfAny(message, stored)).contains(ReceptionFault.STALE);
    }

    @Test
    void refusesAStoredMessageFromTheFuture() {
        assertThat(faultIfAny(GMS.message(KEY, ALICE, HOME, NOW.plusSeconds(301)), expecting(MessageWindow.STORED)))
                .contains(ReceptionFault.STALE);
    }

    @Test
    void refusesAMessageThatCameBefore() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);
        Octets digest = MessageOpening.digest(message);
        ExpectedMessage expected = new ExpectedMessage(
                Set.of(KeyPurpose.GMK), Set.of(GMS.sender()), MessageWindow.INTERACTIVE, digest::equals);

        assertThat(faultIfAny(message, expected)).contains(ReceptionFault.REPLAYED);
    }

    @Test
    void namesAMessageWithoutItsSignature() {
        byte[] message = GMS.message(KEY, ALICE, HOME, NOW).toByteArray();
        Octets digest = MessageOpening.digest(Octets.copyOf(message));
        message[message.length - 129] ^= 1;
        assertThat(MessageOpening.digest(Octets.copyOf(message))).isEqualTo(digest);
        message[message.length - 132] ^= 1;
        assertThat(MessageOpening.digest(Octets.copyOf(message))).isNotEqualTo(digest);
    }

    @Test
    void refusesASenderWhoseKmsIsNotKnownOrRevoked() {
        TestMember bob = world.member(BOB, HOME);
        Octets message = PARTNER_GMS.message(KEY, BOB, HOME, NOW);
        ExpectedMessage expected = expecting(PARTNER_GMS.sender());

        assertThat(faultIfAny(bob, message, expected)).contains(ReceptionFault.UNKNOWN_KMS);
        bob.store().change(edit -> edit.partner(PARTNER.external(true)));
        assertThat(faultIfAny(bob, message, expected)).contains(ReceptionFault.UNKNOWN_KMS);
        bob.store().change(edit -> edit.partner(PARTNER.external(false)));
        assertThat(faultIfAny(bob, message, expected)).isEmpty();
    }

    @Test
    void refusesASenderWhoseKmsHasExpired() {
        Instant later = Instant.parse("2025-01-01T00:00:01Z");
        Octets message = PARTNER_GMS.message(KEY, ALICE, HOME, later);
        world.clock.set(later);

        assertThat(faultIfAny(message, expecting(PARTNER_GMS.sender()))).contains(ReceptionFault.UNKNOWN_KMS);
    }

    @Test
    void refusesASignatureOfSomebodyElse() {
        TestSender mallory = new TestSender("sip:mallory@example.org", HOME);
        byte[] forged = renamed(mallory.message(KEY, ALICE, HOME, NOW), "sip:mallory@example.org", GMS.uri());

        assertThat(fault(Octets.copyOf(forged))).isEqualTo(ReceptionFault.WRONG_SIGNATURE);
    }

    @Test
    void verifiesTheSignatureBeforeItLooksIntoTheEncapsulatedKey() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);
        byte[] octets = message.toByteArray();
        octets[
                indexOf(
                        message,
                        MikeyMessage.parse(octets, MikeyLeniency.STRICT).sakke().octets())] ^= 1;

        assertThat(fault(Octets.copyOf(octets))).isEqualTo(ReceptionFault.WRONG_SIGNATURE);
    }

    @Test
    void acceptsASignatureUnderTheRootCertificateBeforeTheNewestOne() {
        TestEpoch second = TestEpoch.of(
                5, "kms.example.org", HOME.root().schedule(), NOW.minus(Duration.ofDays(1)), Optional.empty());
        alice.store().change(edit -> edit.root(second.root()));

        assertThat(faultIfAny(GMS.message(KEY, ALICE, HOME, NOW), EXPECTED)).isEmpty();
    }

    @Test
    void refusesASenderWhoMayNotManageTheGroup() {
        TestSender other = new TestSender("sip:gms2@example.org", HOME);

        assertThat(fault(other.message(KEY, ALICE, HOME, NOW))).isEqualTo(ReceptionFault.NOT_AUTHORISED);
        assertThat(fault(PARTNER_GMS.message(KEY, ALICE, HOME, NOW))).isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void refusesTheNameOfTheServerUnderTheKeysOfAnotherKms() {
        TestSender thief = new TestSender(GMS.uri(), PARTNER);

        assertThat(fault(thief.message(KEY, ALICE, HOME, NOW))).isEqualTo(ReceptionFault.NOT_AUTHORISED);
        assertThat(fault(thief.message(KEY.with(MessageProfile.DEFAULT.hidingIdentity()), ALICE, HOME, NOW)))
                .isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void refusesAHiddenSenderWhoIsNotExpected() {
        TestSender other = new TestSender("sip:gms2@example.org", HOME);

        assertThat(fault(other.message(KEY.with(MessageProfile.DEFAULT.hidingIdentity()), ALICE, HOME, NOW)))
                .isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void refusesASenderWhoseSigningKeyIsDenied() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);
        Octets token = message.slice(message.size() - 65, message.size());
        MessageOpening denying = new MessageOpening(alice.kms(), ALICE, MikeyLeniency.STRICT, token::equals);

        assertThat(catchThrowableOfType(ReceptionException.class, () -> denying.open(message, EXPECTED))
                        .fault())
                .isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void refusesAMessageForSomebodyElse() {
        assertThat(fault(GMS.message(KEY, BOB, HOME, NOW))).isEqualTo(ReceptionFault.NOT_FOR_ME);
        assertThat(fault(GMS.message(KEY, ALICE, PARTNER, NOW))).isEqualTo(ReceptionFault.NOT_FOR_ME);
        assertThat(fault(GMS.message(KEY.with(MessageProfile.DEFAULT.hidingIdentity()), BOB, HOME, NOW)))
                .isEqualTo(ReceptionFault.NOT_FOR_ME);
    }

    @Test
    void refusesAMessageThatNamesTheReceiverButIsEncapsulatedToAnother() {
        assertThat(fault(GMS.message(KEY, ALICE, BOB, HOME, NOW))).isEqualTo(ReceptionFault.CANNOT_OPEN);
    }

    @Test
    void refusesAMessageOfAPeriodThatItHasNoKeysFor() {
        Instant next = Instant.parse("2024-06-09T00:00:00Z");
        world.clock.set(next);
        Octets message = GMS.message(KEY, ALICE, HOME, next);

        assertThat(faultIfAny(message, EXPECTED)).contains(ReceptionFault.CANNOT_OPEN);
        alice.provisioned(next);
        assertThat(faultIfAny(message, EXPECTED)).isEmpty();
    }

    @Test
    void opensAMessageOfTheOldPeriodAfterTheChange() {
        Octets message = GMS.message(KEY, ALICE, HOME, Instant.parse("2024-06-08T23:59:58Z"));
        world.clock.set(Instant.parse("2024-06-09T00:00:30Z"));
        alice.provisioned(world.clock.instant());

        assertThat(faultIfAny(message, EXPECTED)).isEmpty();
    }

    @Test
    void refusesAKindOfKeyThatDoesNotComeByThisWay() {
        assertThat(fault(GMS.message(TestGroupKey.mkfc(2, GROUP), ALICE, HOME, NOW)))
                .isEqualTo(ReceptionFault.KEY_MISMATCH);
    }

    @Test
    void refusesAKeyThatWasAlteredBeforeItWasSigned() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);
        Octets sakke = MikeyMessage.parse(message.toByteArray(), MikeyLeniency.STRICT)
                .sakke()
                .octets();

        assertThat(fault(altered(message, indexOf(message, sakke) + sakke.size() - 1)))
                .isEqualTo(ReceptionFault.CANNOT_OPEN);
    }

    @Test
    void refusesAKeyWhoseIdentifierIsNotTheOneNamed() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);

        assertThat(fault(altered(message, indexOf(message, KEY.id().octets()) + 3)))
                .isEqualTo(ReceptionFault.KEY_MISMATCH);
    }

    @Test
    void refusesAKeyWhoseParametersDoNotOpen() {
        Octets message = GMS.message(KEY, ALICE, HOME, NOW);

        assertThat(fault(altered(message, message.size() - 132))).isEqualTo(ReceptionFault.CANNOT_OPEN);
    }

    @Test
    void refusesAPurposeTagThatDoesNotFitTheParameters() {
        byte[] asPck =
                GMS.message(KEY.with(MessageProfile.DEFAULT), ALICE, HOME, NOW).toByteArray();
        asPck[4] |= 0x10;

        assertThat(fault(GMS.resigned(Octets.copyOf(asPck), NOW))).isEqualTo(ReceptionFault.MALFORMED);
    }

    @Test
    void opensNoMessageThatWasCutOrHasAChangedOctet() {
        byte[] message = GMS.message(KEY, ALICE, HOME, NOW).toByteArray();

        for (int i = 0; i < message.length; i++) {
            message[i] ^= 1;
            assertThat(faultIfAny(Octets.copyOf(message), EXPECTED))
                    .as("octet " + i)
                    .isPresent();
            message[i] ^= 1;
            assertThat(fault(Octets.copyOf(message).slice(0, i))).isEqualTo(ReceptionFault.MALFORMED);
        }
    }

    @Test
    void tellsTheSenderNothing() {
        assertThat(ReceptionException.TO_SENDER).isEqualTo("the key message is not accepted");
    }

    private ReceptionFault fault(Octets message) {
        return faultIfAny(message, EXPECTED).orElseThrow();
    }

    private Optional<ReceptionFault> faultIfAny(Octets message, ExpectedMessage expected) {
        return faultIfAny(alice, message, expected);
    }

    private static Optional<ReceptionFault> faultIfAny(TestMember member, Octets message, ExpectedMessage expected) {
        try (OpenedMessage opened = member.opening().open(message, expected)) {
            assertThat(opened.key().keyId()).isEqualTo(new KeyIdentifier(KEY.keyId()));
            return Optional.empty();
        } catch (ReceptionException e) {
            return Optional.of(e.fault());
        }
    }

    private static ExpectedMessage expecting(Sender sender) {
        return new ExpectedMessage(Set.of(KeyPurpose.GMK), Set.of(sender), MessageWindow.INTERACTIVE, digest -> false);
    }

    private static ExpectedMessage expecting(MessageWindow window) {
        return new ExpectedMessage(Set.of(KeyPurpose.GMK), Set.of(GMS.sender()), window, digest -> false);
    }

    /** The message with one bit flipped, signed again by the server. */
    private static Octets altered(Octets message, int index) {
        byte[] octets = message.toByteArray();
        octets[index] ^= 1;
        return GMS.resigned(Octets.copyOf(octets), NOW);
    }

    /** The message with another URI of the initiator; the lengths differ, so its field of length is set too. */
    private static byte[] renamed(Octets message, String from, String to) {
        int at = indexOf(message, Octets.ofUtf8(from));
        Octets head = message.slice(0, at - 2);
        Octets length = Octets.copyOf(new byte[] {0, (byte) to.length()});
        return head.concat(length, Octets.ofUtf8(to), message.slice(at + from.length(), message.size()))
                .toByteArray();
    }

    private static int indexOf(Octets message, Octets part) {
        int at = message.toHex().indexOf(part.toHex());
        assertThat(at).isPositive().isEven();
        return at / 2;
    }
}
