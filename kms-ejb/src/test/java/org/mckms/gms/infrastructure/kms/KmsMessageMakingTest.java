package org.mckms.gms.infrastructure.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.MadeMessage;
import org.mckms.gms.domain.Member;
import org.mckms.kms.domain.TestArithmetic;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.mikeysakke.mikey.OpenedKey;
import org.mckms.mikeysakke.sakke.Sakke;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.message.KmsKeySet;

class KmsMessageMakingTest {

    private static final String GROUP = "sip:fire@example.org";
    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@partner.example";
    private static final String CAROL = "sip:carol@unknown.example";
    private static final Octets RAND = Octets.fromHex("00112233445566778899AABBCCDDEEFF");
    private static final String SECRET = "0F1E2D3C4B5A69788796A5B4C3D2E1F0";

    private final TestKms partner = new TestKms(
            20, "partner.example", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-03-15T00:00:00Z"));

    @TempDir
    Path folder;

    private GmsRig rig;
    private GmsAccount account;
    private KmsMessageMaking making;

    @BeforeEach
    void set() throws IOException, GeneralSecurityException {
        rig = new GmsRig(folder);
        rig.provisioned().close();
        rig.change(edit -> {
            edit.partner(partner.external());
            edit.cacheNumber(OptionalLong.of(1));
        });
        account = rig.account();
        account.step();
        making = new KmsMessageMaking(account, new ScalarSakkeCore(TestArithmetic.RANDOM), TestArithmetic.RANDOM);
    }

    @AfterEach
    void close() {
        account.close();
    }

    private static GroupKeyToSend key(KeyPurpose purpose, KeyUse use, KeyStatus status, Optional<Instant> expiry) {
        Group group = Group.fresh(
                GROUP,
                "sip:dispatcher@example.org",
                "Fire",
                McService.MCPTT,
                false,
                KeyPlan.of(List.of(KeyUse.MEDIA, KeyUse.FLOOR)),
                GmsRig.NOW);
        GroupKey key = new GroupKey(
                new KeyIdentifier(purpose.tag() << 28 | 0x0ABCDEF),
                GROUP,
                1,
                use,
                purpose,
                RAND,
                status,
                Optional.of(GmsRig.NOW.plusMillis(60_500)),
                expiry,
                Optional.empty(),
                GmsRig.NOW,
                Optional.empty(),
                Optional.empty());
        return new GroupKeyToSend(
                group, key, SecretOctets.takeFrom(Octets.fromHex(SECRET).toByteArray()));
    }

    private static GroupKeyToSend gmk() {
        return key(KeyPurpose.GMK, KeyUse.MEDIA, KeyStatus.CURRENT, Optional.empty());
    }

    private static Member member(int number, String uri, String kmsUri) {
        return new Member(GROUP, number, uri, Optional.ofNullable(kmsUri), GmsRig.NOW);
    }

    /** Verifies and opens as the receiver does, by the arithmetic alone. */
    private OpenedKey opened(MadeMessage made, TestKms kmsOfReceiver, KeyPeriod period) {
        MikeyMessage message = MikeyMessage.parse(made.message().orElseThrow().toByteArray(), MikeyLeniency.STRICT);
        Octets signer = UserIdentifier.format2(GmsRig.GMS, "kms.example.org", TestKms.SCHEDULE, GmsRig.PERIOD)
                .octets();
        assertThat(message.verifies(new EccsiVerifier(rig.kms.root().pubAuthKey()), signer))
                .isTrue();
        assertThat(message.initiator().uri()).contains(GmsRig.GMS);
        assertThat(message.initiatorKmsUri()).isEqualTo("kms.example.org");
        assertThat(message.responder().uri()).contains(made.memberUri());
        assertThat(message.responderKmsUri()).isEqualTo(kmsOfReceiver.root().kmsUri());
        assertThat(message.csbId()).isEqualTo(made.gukId());
        assertThat(message.timestamp().toInstant()).isEqualTo(GmsRig.NOW);
        try (KmsKeySet keys = kmsOfReceiver.keySet(made.memberUri(), period);
                SharedSecretValue ssv = Sakke.decapsulate(
                        message.sakke(),
                        keys.rsk(),
                        keys.userId().octets(),
                        kmsOfReceiver.root().pubEncKey())) {
            return message.open(ssv, made.memberUri());
        }
    }

    private static String hex(OpenedKey key) {
        return key.key().use(octets -> Octets.copyOf(octets).toHex());
    }

    @Test
    void everyMemberOpensTheSameKeyUnderItsOwnKms() {
        try (GroupKeyToSend key = gmk()) {
            List<MadeMessage> made = making.make(
                    key, List.of(member(1, BOB, "kms.partner.example"), member(2, ALICE, null)), GmsRig.NOW);

            assertThat(made).extracting(MadeMessage::memberUri).containsExactly(BOB, ALICE);
            try (OpenedKey ofBob = opened(made.get(0), partner, GmsRig.PERIOD);
                    OpenedKey ofAlice = opened(made.get(1), rig.kms, GmsRig.PERIOD)) {
                assertThat(hex(ofBob)).isEqualTo(SECRET).isEqualTo(hex(ofAlice));
                assertThat(ofBob.keyId()).isEqualTo(key.key().keyId()).isEqualTo(ofAlice.keyId());
                assertThat(ofBob.rand()).isEqualTo(RAND).isEqualTo(ofAlice.rand());
                assertThat(ofAlice.parameters())
                        .contains(new KeyParameters(
                                KeyPurpose.GMK,
                                false,
                                false,
                                Optional.of(GmsRig.NOW.plusSeconds(60)),
                                Optional.empty(),
                                "media",
                                List.of(GROUP)));
            }
            assertThat(made.get(0).gukId()).isNotEqualTo(made.get(1).gukId());
        }
    }

    @Test
    void aMessageIsUsableToTheEndOfTheReceiversKeyPeriodOrCertificate() {
        try (GroupKeyToSend key = gmk()) {
            List<MadeMessage> made = making.make(
                    key, List.of(member(1, BOB, "kms.partner.example"), member(2, ALICE, null)), GmsRig.NOW);

            assertThat(made.get(0).usableUntil()).isEqualTo(Instant.parse("2026-03-15T00:00:00Z"));
            assertThat(made.get(1).usableUntil()).isEqualTo(TestKms.SCHEDULE.start(GmsRig.PERIOD.next()));
        }
    }

    @Test
    void floorControlKeyTellsWhatItIsFor() {
        Instant expiry = GmsRig.NOW.plus(Duration.ofDays(30));
        try (GroupKeyToSend key = key(KeyPurpose.MKFC, KeyUse.FLOOR, KeyStatus.CURRENT, Optional.of(expiry))) {
            MadeMessage made = making.make(key, List.of(member(1, ALICE, null)), GmsRig.NOW)
                    .get(0);

            try (OpenedKey opened = opened(made, rig.kms, GmsRig.PERIOD)) {
                assertThat(opened.purpose()).isEqualTo(KeyPurpose.MKFC);
                assertThat(opened.keyId().toString()).isEqualTo("40ABCDEF");
                assertThat(opened.parameters().orElseThrow().text()).isEqualTo("floor");
                assertThat(opened.parameters().orElseThrow().expiry()).contains(expiry);
            }
        }
    }

    @Test
    void revokedKeyIsSentAsRevoked() {
        try (GroupKeyToSend key = key(
                KeyPurpose.GMK, KeyUse.MEDIA, KeyStatus.REVOKED, Optional.of(Instant.parse("2105-01-01T00:00:00Z")))) {
            MadeMessage made = making.make(key, List.of(member(1, ALICE, null)), GmsRig.NOW)
                    .get(0);

            try (OpenedKey opened = opened(made, rig.kms, GmsRig.PERIOD)) {
                assertThat(opened.parameters().orElseThrow().revoked()).isTrue();
                assertThat(opened.parameters().orElseThrow().expiry()).isEmpty();
            }
        }
    }

    @Test
    void whoseKmsIsUnknownWaitsAndNobodyElse() {
        try (GroupKeyToSend key = gmk()) {
            List<MadeMessage> made = making.make(
                    key, List.of(member(1, CAROL, "kms.unknown.example"), member(2, ALICE, null)), GmsRig.NOW);

            assertThat(made.get(0).waitingFor()).contains("kms.unknown.example");
            assertThat(made.get(0).message()).isEmpty();
            assertThat(made.get(0).gukId())
                    .isEqualTo(KeyDerivation.gukId(key.secret(), key.key().keyId(), CAROL));
            assertThat(made.get(0).usableUntil()).isAfter(GmsRig.NOW);
            assertThat(made.get(1).message()).isPresent();
        }
        assertThat(making.canReach("kms.unknown.example", GmsRig.NOW)).isFalse();
        assertThat(making.canReach("kms.partner.example", GmsRig.NOW)).isTrue();
    }

    @Test
    void certificateThatIsOverMakesItsMembersWait() {
        Instant later = Instant.parse("2026-03-16T00:00:00Z");
        try (GroupKeyToSend key = gmk()) {
            List<MadeMessage> made =
                    making.make(key, List.of(member(1, BOB, "kms.partner.example"), member(2, ALICE, null)), later);

            assertThat(made.get(0).waitingFor()).contains("kms.partner.example");
            assertThat(made.get(1).message()).isPresent();
        }
    }

    @Test
    void moreThanOneBatchKeepsTheOrder() {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            members.add(
                    i % 3 == 0
                            ? member(i, "sip:u" + i + "@partner.example", "kms.partner.example")
                            : member(i, "sip:u" + i + "@example.org", null));
        }
        try (GroupKeyToSend key = gmk()) {
            List<MadeMessage> made = making.make(key, members, GmsRig.NOW);

            assertThat(made)
                    .extracting(MadeMessage::memberUri)
                    .containsExactlyElementsOf(members.stream().map(Member::uri).toList());
            assertThat(made).extracting(MadeMessage::gukId).doesNotHaveDuplicates();
            try (OpenedKey last = opened(made.get(299), partner, GmsRig.PERIOD);
                    OpenedKey first = opened(made.get(0), rig.kms, GmsRig.PERIOD)) {
                assertThat(hex(last)).isEqualTo(hex(first));
            }
        }
    }

    @Test
    void isNotReadyWithoutKeysForNow() {
        try (GroupKeyToSend key = gmk()) {
            Instant nextPeriod = TestKms.SCHEDULE.start(GmsRig.PERIOD.next());
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> making.make(key, List.of(member(1, ALICE, null)), nextPeriod))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_READY));

            account.close();
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> making.make(key, List.of(member(1, ALICE, null)), GmsRig.NOW))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_READY));
        }
    }
}
