package org.mckms.gms.application.regroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.gms.application.GroupCaller;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupGuard;
import org.mckms.gms.domain.GroupKey;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyStatus;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.MadeMessage;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.MessageRecord;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.gms.domain.regroup.IncomingKey;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.gms.infrastructure.persistence.TestGroupRepositories;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.datakey.TestDataKeys;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;

class StoredTemporaryGroupsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String NORA = "sip:nora@north.example";
    private static final GroupCaller NORTHERN = new GroupCaller(Set.of(NORA), "192.0.2.7");
    private static final String TEMPORARY = "sip:tmp-7@north.example";
    private static final String FIRE = "sip:fire@north.example";
    private static final String POLICE = "sip:police@north.example";
    private static final String PRIMARY = "sip:gms@south.example";

    private final TestDatabase database = TestDatabase.migrated();
    private final TestPersistence transactions = TestPersistence.over(database);
    private final TestGroupRepositories rows = new TestGroupRepositories(transactions.entities());
    private final StoredTemporaryGroups groups = new StoredTemporaryGroups();
    private MemberRegister members;

    @BeforeEach
    void wire() {
        DataKeys dataKeys = TestDataKeys.inMemory();
        GroupGuard guard = new GroupGuard(dataKeys, "sip:gms@north.example", new TamperEvents(new RecordedAudit()));
        groups.groups = new GroupRegister(rows.groups(), guard);
        members = new MemberRegister(rows.members(), groups.groups, guard);
        groups.keys = new GroupKeyRegister(rows.keys(), dataKeys, guard);
        groups.messages = rows.messages();
        groups.generations = new KeyGenerations(
                groups.groups,
                groups.keys,
                members,
                rows.messages(),
                new RekeyJobRegister(rows.jobs(), rows.parts(), guard),
                new SecureRandom());
        groups.members = new RegroupedMembers();
        groups.members.groups = groups.groups;
        groups.members.members = members;
        groups.members.messages = rows.messages();
        in(() -> exists(FIRE, NORA, McService.MCPTT, "sip:a@north.example", "sip:b@north.example"));
        in(() -> exists(POLICE, NORA, McService.MCPTT, "sip:b@north.example", "sip:c@north.example"));
    }

    @AfterEach
    void close() {
        transactions.close();
        database.close();
    }

    @Test
    void aTemporaryGroupHasTheMembersOfItsPartsOnceAndKeysOfItsOwn() {
        Group made = in(() -> groups.make(NORTHERN, order(true, FIRE, POLICE), NOW));

        assertThat(made.temporary()).isTrue();
        assertThat(made.owner()).isEqualTo(NORA);
        assertThat(made.generation()).isEqualTo(1);
        assertThat(uris(TEMPORARY))
                .containsExactly("sip:a@north.example", "sip:b@north.example", "sip:c@north.example");
        assertThat(in(() -> groups.keys.ofGroup(TEMPORARY)))
                .extracting(GroupKey::use)
                .containsExactlyInAnyOrder(KeyUse.MEDIA, KeyUse.FLOOR);
    }

    @Test
    void keysEndWhenTheOrderSaysSo() {
        RegroupOrder order = new RegroupOrder(
                TEMPORARY,
                "",
                McService.MCPTT,
                false,
                List.of(FIRE),
                List.of(new RegroupOrder.Share(PRIMARY, List.of("sip:x@south.example"))),
                Optional.of(NOW.plus(Duration.ofHours(8))));

        in(() -> groups.make(NORTHERN, order, NOW));

        assertThat(in(() -> groups.keys.ofGroup(TEMPORARY)))
                .singleElement()
                .extracting(GroupKey::expiry)
                .isEqualTo(Optional.of(NOW.plus(Duration.ofHours(8))));
    }

    @Test
    void onlyOwnLivingGroupsOfTheServiceTakePart() {
        in(() -> exists("sip:video@north.example", NORA, McService.MCVIDEO));
        in(() -> exists("sip:other@north.example", "sip:paul@north.example", McService.MCPTT));
        in(() -> exists("sip:over@north.example", NORA, McService.MCPTT));
        in(() -> {
            groups.groups.change(groups.groups.lock("sip:over@north.example").tornDown(NOW));
            return NOW;
        });

        for (String bad : List.of(
                "sip:video@north.example",
                "sip:other@north.example",
                "sip:over@north.example",
                "sip:none@north.example")) {
            assertRefused(KmsErrorCode.NOT_FOUND, () -> in(() -> groups.make(NORTHERN, order(false, FIRE, bad), NOW)));
        }
        in(() -> groups.make(NORTHERN, order(false, FIRE), NOW));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> in(() -> groups.owners(List.of(TEMPORARY), McService.MCPTT)));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> in(() -> groups.owners(List.of(FIRE), McService.MCVIDEO)));
        assertThat(in(() -> groups.owners(List.of(FIRE, POLICE), McService.MCPTT)))
                .containsExactly(NORA);
    }

    @Test
    void theUriOfAGroupIsNotTakenByATemporaryOne() {
        assertRefused(KmsErrorCode.CONFLICT, () -> in(() -> groups.make(NORTHERN, order(POLICE), NOW)));
        assertRefused(
                KmsErrorCode.CONFLICT,
                () -> in(() -> groups.keep(foreign(POLICE), List.of(key(1, KeyUse.MEDIA, 1)), NOW)));
    }

    @Test
    void newKeysFollowTheMembersOfTheParts() {
        in(() -> groups.make(NORTHERN, order(false, FIRE), NOW));
        in(() -> {
            Group fire = groups.groups.lock(FIRE);
            members.remove(members.find(FIRE, "sip:a@north.example").orElseThrow());
            groups.groups.change(fire.leftByOne());
            return fire;
        });

        Group next = in(() -> groups.rekey(TEMPORARY, List.of(FIRE, POLICE), Optional.empty(), NOW.plusSeconds(5)));

        assertThat(next.generation()).isEqualTo(2);
        assertThat(next.members()).isEqualTo(2);
        assertThat(uris(TEMPORARY)).containsExactly("sip:b@north.example", "sip:c@north.example");
    }

    @Test
    void whoIsInNoPartAnyMoreLeavesWithTheMessagesThatWereReady() {
        Group made = in(() -> groups.make(NORTHERN, order(false, FIRE, POLICE), NOW));
        Instant madeAt = in(() -> groups.newestMadeAt(made));
        KeyIdentifier key = in(() -> groups.keys.ofGroup(TEMPORARY)).get(0).keyId();
        int number = in(() -> members.find(TEMPORARY, "sip:a@north.example"))
                .orElseThrow()
                .number();
        in(() -> {
            rows.messages().insertAll(List.of(message(key, number)));
            members.remove(members.find(FIRE, "sip:a@north.example").orElseThrow());
            members.remove(members.find(FIRE, "sip:b@north.example").orElseThrow());
            return NOW;
        });

        List<String> gone = in(() -> groups.leave(
                TEMPORARY,
                List.of(FIRE, POLICE),
                List.of("sip:a@north.example", "sip:b@north.example", "sip:stranger@north.example")));

        assertThat(madeAt).isEqualTo(NOW);
        assertThat(gone).containsExactly("sip:a@north.example");
        assertThat(uris(TEMPORARY)).containsExactly("sip:b@north.example", "sip:c@north.example");
        assertThat(in(() -> groups.find(TEMPORARY)).orElseThrow().members()).isEqualTo(2);
        assertThat(in(() -> rows.messages().find(List.of(key), List.of(number))))
                .isEmpty();
        assertThat(in(() -> groups.leave(TEMPORARY, List.of(FIRE, POLICE), List.of("sip:a@north.example"))))
                .isEmpty();
    }

    @Test
    void foreignKeysAreKeptAsTheyAre() {
        Group kept = in(
                () -> groups.keep(foreign(TEMPORARY), List.of(key(7, KeyUse.MEDIA, 1), key(8, KeyUse.FLOOR, 2)), NOW));

        assertThat(kept.owner()).isEqualTo(PRIMARY);
        List<GroupKeyToSend> held = in(() -> groups.newestKeys(kept));
        assertThat(held).extracting(key -> key.key().keyId()).containsExactly(id(7, KeyUse.MEDIA), id(8, KeyUse.FLOOR));
        assertThat(held).allSatisfy(key -> {
            assertThat(key.key().origin()).contains(PRIMARY);
            assertThat(key.key().rand()).isEqualTo(rand(key.key().use() == KeyUse.MEDIA ? 1 : 2));
        });
        assertThat(held.get(0).secret().constantTimeEquals(secret(1))).isTrue();
        assertThat(uris(TEMPORARY)).hasSize(3);
    }

    @Test
    void aRepetitionMustBringTheSameKeys() {
        Group kept = in(() -> groups.keep(foreign(TEMPORARY), List.of(key(7, KeyUse.MEDIA, 1)), NOW));

        in(() -> {
            groups.requireSame(kept, List.of(key(7, KeyUse.MEDIA, 1)));
            return kept;
        });
        for (List<IncomingKey> other : List.of(
                List.of(key(9, KeyUse.MEDIA, 1)),
                List.of(key(7, KeyUse.MEDIA, 2)),
                List.of(key(7, KeyUse.MEDIA, 1), key(8, KeyUse.FLOOR, 1)))) {
            assertRefused(
                    KmsErrorCode.KEY_MESSAGE_REFUSED,
                    () -> in(() -> {
                        groups.requireSame(kept, other);
                        return kept;
                    }));
        }
    }

    @Test
    void anIdentifierThatIsTakenIsRefusedAndNothingOfItStays() {
        in(() -> groups.keep(foreign(TEMPORARY), List.of(key(7, KeyUse.MEDIA, 1)), NOW));

        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> in(() -> groups.keep(
                        foreign("sip:tmp-8@north.example"),
                        List.of(key(6, KeyUse.FLOOR, 3), key(7, KeyUse.MEDIA, 2)),
                        NOW)));

        assertThat(in(() -> groups.find("sip:tmp-8@north.example"))).isEmpty();
        assertThat(in(() -> groups.keys.find(id(6, KeyUse.FLOOR)))).isEmpty();
    }

    @Test
    void theNextGenerationReplacesTheKeysForTheSameUses() {
        in(() -> groups.keep(foreign(TEMPORARY), List.of(key(7, KeyUse.MEDIA, 1)), NOW));

        Group next =
                in(() -> groups.keepNext(foreign(TEMPORARY), List.of(key(9, KeyUse.MEDIA, 2)), NOW.plusSeconds(9)));

        assertThat(next.generation()).isEqualTo(2);
        assertThat(in(() -> groups.newestKeys(next)))
                .singleElement()
                .extracting(key -> key.key().keyId())
                .isEqualTo(id(9, KeyUse.MEDIA));
        assertThat(in(() -> groups.keys.find(id(7, KeyUse.MEDIA))).orElseThrow().statusAt(NOW.plusSeconds(9)))
                .isEqualTo(KeyStatus.SUPERSEDED);
        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> in(() -> groups.keepNext(
                        foreign(TEMPORARY), List.of(key(10, KeyUse.MEDIA, 1), key(11, KeyUse.FLOOR, 2)), NOW)));
    }

    @Test
    void keysThatHaveExpiredOrHaveAShortRandAreRefused() {
        IncomingKey expired = new IncomingKey(
                new IncomingKey.Description(
                        KeyPurpose.GMK,
                        id(7, KeyUse.MEDIA),
                        rand(1),
                        false,
                        Optional.empty(),
                        Optional.of(NOW),
                        "",
                        List.of()),
                secret(1));

        assertRefused(
                KmsErrorCode.KEY_MESSAGE_REFUSED,
                () -> in(() -> groups.keep(foreign(TEMPORARY), List.of(expired), NOW)));
    }

    @Test
    void theEndRevokesTheKeysOnce() {
        in(() -> groups.make(NORTHERN, order(true, FIRE), NOW));

        for (int i = 0; i < 2; i++) {
            in(() -> {
                groups.tearDown(TEMPORARY, NOW.plusSeconds(1));
                return NOW;
            });
        }

        assertThat(in(() -> groups.find(TEMPORARY)).orElseThrow().isActive()).isFalse();
        assertThat(in(() -> groups.keys.ofGroup(TEMPORARY)))
                .extracting(key -> key.statusAt(NOW.plusSeconds(1)))
                .containsOnly(KeyStatus.REVOKED);
    }

    @Test
    void aMemberCountsOnceItHasAllKeys() {
        Group made = in(() -> groups.make(NORTHERN, order(true, FIRE), NOW));
        List<KeyIdentifier> ids = in(() -> groups.keys.ofGroup(TEMPORARY)).stream()
                .map(GroupKey::keyId)
                .toList();
        assertThat(in(() -> groups.counts(made))).isEqualTo(new RegroupCounts(2, 0, 0));

        in(() -> store(
                message(ids.get(0), 1).acknowledged(NOW),
                message(ids.get(0), 2).failed("STALE", NOW),
                message(ids.get(1), 2).failed("STALE", NOW)));
        assertThat(in(() -> groups.counts(made))).isEqualTo(new RegroupCounts(2, 0, 1));

        in(() -> store(message(ids.get(1), 1).acknowledged(NOW)));
        assertThat(in(() -> groups.counts(made))).isEqualTo(new RegroupCounts(2, 1, 1));
    }

    private Boolean store(MessageRecord... records) {
        rows.messages().insertAll(Arrays.asList(records));
        return true;
    }

    private static MessageRecord message(KeyIdentifier key, int member) {
        return MessageRecord.of(
                        key, member, MadeMessage.ready("sip:m@north.example", Octets.fromHex("01"), key, NOW), NOW)
                .delivered(NOW);
    }

    private Group exists(String uri, String owner, McService service, String... uris) {
        Group fresh = Group.fresh(uri, owner, "", service, false, KeyPlan.of(List.of(KeyUse.MEDIA)), NOW);
        groups.groups.add(fresh);
        for (int i = 0; i < uris.length; i++) {
            members.addAll(List.of(new Member(uri, i + 1, uris[i], Optional.empty(), NOW)));
        }
        Group joined = fresh.joinedBy(uris.length);
        groups.groups.change(joined);
        return joined;
    }

    private List<String> uris(String group) {
        return in(() -> members.page(group, 0, 100)).stream()
                .map(Member::uri)
                .sorted()
                .toList();
    }

    private <T> T in(Supplier<T> work) {
        return transactions.inNew(work);
    }

    private static RegroupOrder order(boolean floorKey, String... own) {
        return order(TEMPORARY, floorKey, own);
    }

    private static RegroupOrder order(String temporary) {
        return order(temporary, false, FIRE);
    }

    private static RegroupOrder order(String temporary, boolean floorKey, String... own) {
        return new RegroupOrder(
                temporary,
                "",
                McService.MCPTT,
                floorKey,
                List.of(own),
                List.of(new RegroupOrder.Share(PRIMARY, List.of("sip:x@south.example"))),
                Optional.empty());
    }

    private static TemporaryGroups.Foreign foreign(String uri) {
        return new TemporaryGroups.Foreign(uri, PRIMARY, List.of(FIRE, POLICE), McService.MCPTT);
    }

    private static IncomingKey key(int number, KeyUse use, int seed) {
        return new IncomingKey(
                new IncomingKey.Description(
                        use == KeyUse.MEDIA ? KeyPurpose.GMK : KeyPurpose.MKFC,
                        id(number, use),
                        rand(seed),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        List.of()),
                secret(seed));
    }

    private static KeyIdentifier id(int number, KeyUse use) {
        return new KeyIdentifier((use == KeyUse.MEDIA ? 0 : KeyPurpose.MKFC.tag() << 28) | number);
    }

    private static Octets rand(int seed) {
        byte[] rand = new byte[16];
        Arrays.fill(rand, (byte) seed);
        return Octets.copyOf(rand);
    }

    private static SecretOctets secret(int seed) {
        byte[] secret = new byte[16];
        Arrays.fill(secret, (byte) (seed + 64));
        return SecretOctets.takeFrom(secret);
    }

    private static void assertRefused(KmsErrorCode code, ThrowingCallable act) {
        assertThatThrownBy(act).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
