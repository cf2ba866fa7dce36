package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;

/** Messages of every purpose and form, made and opened again. */
class MikeySenderTest {
    private static final String GMS = "sip:gms@example.org";
    private static final String ALICE = "sip:alice@example.org";
    private static final NtpTimestamp NOW = NtpTimestamp.of(Instant.parse("2026-03-01T12:00:00.5Z"));
    private static final Octets RAND = Octets.fromHex("82f3e9c695dc6b8d1b11818d5701919e");
    private static final TestDomain DOMAIN = TestDomain.monthly();

    private final SecureRandom random = Fixtures.seeded(5);
    private final MikeySender sender = DOMAIN.sender(GMS, NOW, random);

    private static SecretOctets key() {
        return SecretOctets.takeFrom(
                Octets.fromHex("000102030405060708090a0b0c0d0e0f").toByteArray());
    }

    private static KeyIdentifier id(KeyPurpose purpose) {
        return new KeyIdentifier(purpose.tag() << 28 | 0x0ABCDEF);
    }

    private static Stream<Arguments> purposesAndForms() {
        List<MessageProfile> forms = List.of(
                MessageProfile.DEFAULT,
                MessageProfile.DEFAULT.hidingIdentity(),
                MessageProfile.withSessions(CryptoSessionId.MCPTT_GROUP),
                MessageProfile.withSessions(
                                CryptoSessionId.MCPTT_PRIVATE_INITIATOR, CryptoSessionId.MCPTT_PRIVATE_RESPONDER)
                        .hidingIdentity()
                        .encapsulatingToSelf());
        return Stream.of(KeyPurpose.values())
                .flatMap(purpose -> forms.stream().map(form -> Arguments.of(purpose, form)));
    }

    @ParameterizedTest
    @MethodSource("purposesAndForms")
    void opensWhatItMade(KeyPurpose purpose, MessageProfile profile) {
        List<String> groups = purpose.hasGroups() ? List.of("sip:g1@example.org", "sip:g2@example.org") : List.of();
        KeyParameters parameters = KeyParameters.of(purpose, groups);
        MikeyMessage message;
        try (SecretOctets key = key()) {
            KeyToSend toSend = KeyToSend.withParameters(id(purpose), key, RAND, parameters, profile);
            message = sender.send(toSend, DOMAIN.encapsulator(), DOMAIN.recipient(ALICE, NOW), NOW);
        }

        MikeyMessage parsed = MikeyMessage.parse(message.octets().toByteArray(), MikeyLeniency.STRICT);

        assertThat(parsed).isEqualTo(message).hasSameHashCodeAs(message);
        assertThat(parsed.purpose()).contains(purpose);
        assertThat(parsed.timestamp()).isEqualTo(NOW);
        assertThat(parsed.verifies(DOMAIN.verifier(), DOMAIN.uid(GMS, NOW))).isTrue();
        assertThat(parsed.verifies(DOMAIN.verifier(), DOMAIN.uid(ALICE, NOW))).isFalse();
        assertThat(parsed.toSelf().isPresent()).isEqualTo(profile.toSelf());
        assertThat(parsed.cryptoSessions()).hasSameSizeAs(profile.sessions());
        assertThat(parsed.initiator().octets())
                .isEqualTo(profile.hidingIdentities() ? DOMAIN.uid(GMS, NOW) : Octets.ofUtf8(GMS));
        try (SakkeDecapsulator alice = DOMAIN.decapsulator(ALICE, NOW);
                SharedSecretValue ssv = alice.decapsulate(parsed.sakke());
                OpenedKey opened = parsed.open(ssv, ALICE);
                SecretOctets key = key()) {
            assertThat(opened.key().constantTimeEquals(key)).isTrue();
            assertThat(opened.keyId()).isEqualTo(id(purpose));
            assertThat(opened.csbId().equals(opened.keyId())).isEqualTo(!purpose.isDiversified());
            assertThat(opened.parameters()).contains(parameters);
        }
    }

    @Test
    void letsTheInitiatorOpenSakkeToSelf() {
        MikeyMessage message = send(MessageProfile.DEFAULT.encapsulatingToSelf());
        try (SakkeDecapsulator own = DOMAIN.decapsulator(GMS, NOW);
                SharedSecretValue ssv = own.decapsulate(message.toSelf().orElseThrow());
                SecretOctets key = key()) {
            assertThat(ssv.use(Octets::copyOf)).isEqualTo(key.use(Octets::copyOf));
        }
    }

    private MikeyMessage send(MessageProfile profile) {
        try (SecretOctets key = key()) {
            return sender.send(gmk(key, profile), DOMAIN.encapsulator(), DOMAIN.recipient(ALICE, NOW), NOW);
        }
    }

    private static KeyToSend gmk(SecretOctets key, MessageProfile profile) {
        return KeyToSend.withParameters(
                id(KeyPurpose.GMK), key, RAND, KeyParameters.of(KeyPurpose.GMK, List.of()), profile);
    }

    @Test
    void makesAMessageOfItsOwnForEachOfMany() {
        List<MikeyRecipient> recipients = IntStream.range(0, 300)
                .mapToObj(i -> DOMAIN.recipient("sip:user" + i + "@example.org", NOW))
                .toList();
        List<MikeyMessage> messages;
        try (SecretOctets key = key()) {
            messages = sender.sendAll(gmk(key, MessageProfile.DEFAULT), DOMAIN.encapsulator(), recipients, NOW);
        }

        assertThat(messages).hasSize(300);
        Set<KeyIdentifier> gukIds = new HashSet<>();
        Set<Octets> ivs = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            MikeyMessage message = messages.get(i);
            assertThat(message.responder().uri()).contains(recipients.get(i).uri());
            assertThat(message.rand()).isEqualTo(RAND);
            gukIds.add(message.csbId());
            ivs.add(message.keyParameters().orElseThrow().slice(12, 28));
        }
        assertThat(gukIds).hasSize(300);
        assertThat(ivs).hasSize(300);
        assertOpens(messages.get(0), recipients.get(0));
        assertOpens(messages.get(299), recipients.get(299));
    }

    private static void assertOpens(MikeyMessage message, MikeyRecipient recipient) {
        assertThat(message.verifies(DOMAIN.verifier(), DOMAIN.uid(GMS, NOW))).isTrue();
        try (SakkeDecapsulator user = DOMAIN.decapsulator(recipient.uri(), NOW);
                SharedSecretValue ssv = user.decapsulate(message.sakke());
                OpenedKey opened = message.open(ssv, recipient.uri());
                SecretOctets key = key()) {
            assertThat(opened.key().constantTimeEquals(key)).isTrue();
            assertThat(opened.keyId()).isEqualTo(id(KeyPurpose.GMK));
        }
    }

    @Test
    void makesNothingForNobody() {
        try (SecretOctets key = key()) {
            assertThat(sender.sendAll(gmk(key, MessageProfile.DEFAULT), DOMAIN.encapsulator(), List.of(), NOW))
                    .isEmpty();
        }
    }

    @Test
    void sendsUrisAsLongAsTheMessageAllows() {
        String longest = "sip:" + "a".repeat(60_000) + "@example.org";
        MikeyMessage message = sendTo(longest);

        assertThat(MikeyMessage.parse(message.octets().toByteArray(), MikeyLeniency.STRICT)
                        .responder()
                        .uri())
                .contains(longest);
        assertThatThrownBy(() -> sendTo("sip:" + "a".repeat(65_500))).isInstanceOf(InvalidValueException.class);
    }

    private MikeyMessage sendTo(String uri) {
        try (SecretOctets key = key()) {
            KeyToSend gmk = gmk(key, MessageProfile.DEFAULT);
            return sender.send(gmk, DOMAIN.encapsulator(), DOMAIN.recipient(uri, NOW), NOW);
        }
    }

    @Test
    void refusesRecipientsOfTwoKmssAtOnce() {
        List<MikeyRecipient> recipients = List.of(
                DOMAIN.recipient(ALICE, NOW), new MikeyRecipient(ALICE, "kms.other.org", DOMAIN.uid(ALICE, NOW)));
        try (SecretOctets key = key()) {
            KeyToSend gmk = gmk(key, MessageProfile.DEFAULT);
            assertThatThrownBy(() -> sender.sendAll(gmk, DOMAIN.encapsulator(), recipients, NOW))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    void refusesAnIdentifierThatGivesTheRecipientTheGukIdZero() {
        try (SecretOctets key = key()) {
            KeyIdentifier gmkId = new KeyIdentifier(KeyDerivation.userSalt(key, ALICE));
            KeyToSend gmk = KeyToSend.withParameters(
                    gmkId, key, RAND, KeyParameters.of(KeyPurpose.GMK, List.of()), MessageProfile.DEFAULT);
            assertThatThrownBy(() -> sender.send(gmk, DOMAIN.encapsulator(), DOMAIN.recipient(ALICE, NOW), NOW))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("CSB-ID 0");
        }
    }

    @ParameterizedTest
    @EnumSource(FormThatNeedsTheSender.class)
    void refusesHidingAndToSelfIfItDoesNotKnowItself(FormThatNeedsTheSender form) {
        MikeySender stranger = new MikeySender(GMS, TestDomain.KMS_URI, null, random);
        try (SecretOctets key = key()) {
            KeyToSend gmk = gmk(key, form.profile);
            assertThatThrownBy(() -> stranger.send(gmk, DOMAIN.encapsulator(), DOMAIN.recipient(ALICE, NOW), NOW))
                    .isInstanceOf(InvalidValueException.class);
        }
    }

    private enum FormThatNeedsTheSender {
        HIDING(MessageProfile.DEFAULT.hidingIdentity()),
        TO_SELF(MessageProfile.DEFAULT.encapsulatingToSelf());

        private final MessageProfile profile;

        FormThatNeedsTheSender(MessageProfile profile) {
            this.profile = profile;
        }
    }

    @Test
    void refusesAKeyThatDoesNotFitItsIdentifierOrParameters() {
        KeyParameters csk = KeyParameters.of(KeyPurpose.CSK, List.of());
        try (SecretOctets key = key();
                SecretOctets shortKey = SecretOctets.takeFrom(new byte[15])) {
            assertRefused(id(KeyPurpose.GMK), key, RAND, csk);
            assertRefused(id(KeyPurpose.CSK), shortKey, RAND, csk);
            assertRefused(id(KeyPurpose.CSK), key, RAND.slice(0, 15), csk);
            assertRefused(id(KeyPurpose.CSK), key, Octets.copyOf(new byte[256]), csk);
        }
    }

    private static void assertRefused(KeyIdentifier id, SecretOctets key, Octets rand, KeyParameters parameters) {
        assertThatThrownBy(() -> KeyToSend.withParameters(id, key, rand, parameters, MessageProfile.DEFAULT))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void sendsAKeyWithoutParameters() {
        try (SecretOctets key = key()) {
            KeyToSend csk =
                    KeyToSend.withoutParameters(KeyPurpose.CSK, id(KeyPurpose.CSK), key, RAND, MessageProfile.DEFAULT);
            MikeyMessage message = sender.send(csk, DOMAIN.encapsulator(), DOMAIN.recipient(ALICE, NOW), NOW);

            assertThat(message.keyParameters()).isEmpty();
            try (SharedSecretValue ssv = SharedSecretValue.takeFrom(key.use(byte[]::clone));
                    OpenedKey opened = message.open(ssv, ALICE)) {
                assertThat(opened.parameters()).isEmpty();
            }
        }
    }

    @Test
    void showsNoSecretAsText() {
        MikeyMessage message = send(MessageProfile.DEFAULT);
        try (SecretOctets key = key();
                SharedSecretValue ssv = SharedSecretValue.takeFrom(key.use(byte[]::clone));
                OpenedKey opened = message.open(ssv, ALICE)) {
            assertThat(opened).hasToString("OpenedKey[GMK 00ABCDEF, hidden]");
            assertThat(gmk(key, MessageProfile.DEFAULT)).hasToString("KeyToSend[GMK 00ABCDEF, hidden]");
        }
    }

    @Test
    void zeroesTheKeyOnClose() {
        MikeyMessage message = send(MessageProfile.DEFAULT);
        try (SecretOctets key = key();
                SharedSecretValue ssv = SharedSecretValue.takeFrom(key.use(byte[]::clone))) {
            OpenedKey opened = message.open(ssv, ALICE);
            opened.close();
            opened.close();

            assertThatThrownBy(() -> opened.key().use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
            assertThat(ssv.use(Octets::copyOf)).isEqualTo(key.use(Octets::copyOf));
        }
    }
}
