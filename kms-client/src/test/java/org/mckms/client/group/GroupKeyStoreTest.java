package org.mckms.client.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.GMS;
import static org.mckms.client.group.TwoDomains.GROUP;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.NOW;
import static org.mckms.client.group.TwoDomains.OTHER_GROUP;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;
import org.mckms.client.group.ReceivedKey.Outcome;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.ClientStoreException;
import org.mckms.client.store.ClientStoreException.Fault;
import org.mckms.client.store.StoreKey;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;

class GroupKeyStoreTest {
    private static final TestPki PKI = new TestPki();
    private static final TestGroupKey FIRST = TestGroupKey.gmk(1, GROUP);
    private static final Instant SWITCH = Instant.parse("2024-05-19T00:00:00Z");

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
    void holdsEverythingAfterARestart() {
        TestGroupKey key = TestGroupKey.gmk(1, GROUP, OTHER_GROUP)
                .active(NOW.minusSeconds(5), Optional.of(SWITCH))
                .withText("fire brigade");
        Octets message = take(key);

        GroupKeyStore reopened = alice.reopen();

        assertThat(reopened.memberUri()).isEqualTo(ALICE);
        GroupKeyDetails held = reopened.keys().get(0);
        assertThat(held.keyId()).isEqualTo(key.id());
        assertThat(held.rand()).isEqualTo(key.randOctets());
        assertThat(held.groups()).containsExactly(GROUP, OTHER_GROUP);
        assertThat(held.text()).isEqualTo("fire brigade");
        assertThat(held.activation()).isEqualTo(NOW.minusSeconds(5));
        assertThat(held.expiry()).contains(SWITCH);
        assertThat(held.message().sender()).isEqualTo(GMS.sender());
        assertThat(held.message().time()).isEqualTo(NOW);
        assertThat(held.message().digest()).isEqualTo(MessageOpening.digest(message));
        try (GroupKey copy = reopened.keyById(key.id(), NOW).orElseThrow();
                SecretOctets sent = key.key()) {
            assertThat(copy.key().constantTimeEquals(sent)).isTrue();
            assertThat(copy.gukIdOf(ALICE)).isEqualTo(held.gukId());
        }
    }

    @Test
    void goesOverToTheNextKeyAtItsActivation() {
        TestGroupKey next = TestGroupKey.gmk(2, GROUP).active(SWITCH, Optional.empty());
        take(FIRST);
        take(next);

        assertThat(spokenWith(SWITCH.minusNanos(1))).contains(FIRST.keyId());
        assertThat(spokenWith(SWITCH)).contains(next.keyId());
        assertThat(alice.groupKeys().keyById(next.id(), SWITCH.minusNanos(1))).isEmpty();
        assertThat(alice.groupKeys().keyById(FIRST.id(), SWITCH)).isPresent();
    }

    @Test
    void speaksWithTheSameKeyAsOthersWhateverTheOrderOfTheMessages() {
        TestGroupKey low = TestGroupKey.gmk(1, GROUP).active(SWITCH, Optional.empty());
        TestGroupKey high = TestGroupKey.gmk(2, GROUP).active(SWITCH, Optional.empty());
        take(high);
        take(low);

        assertThat(spokenWith(SWITCH)).contains(high.keyId());
    }

    @Test
    void keepsTheActivationOfAKeyWhoseMessageIsMadeAnew() {
        take(FIRST);
        world.clock.advance(Duration.ofMinutes(1));
        take(FIRST.withText("again"));

        assertThat(alice.groupKeys().keys().get(0).activation()).isEqualTo(NOW);
    }

    @Test
    void hasNoKeyForAnotherGroupUseOrTime() {
        take(FIRST.active(NOW, Optional.of(SWITCH)));

        assertThat(alice.groupKeys().keyFor(OTHER_GROUP, KeyUse.MEDIA, NOW)).isEmpty();
        assertThat(alice.groupKeys().keyFor(GROUP, KeyUse.FLOOR, NOW)).isEmpty();
        assertThat(spokenWith(NOW.minusNanos(1))).isEmpty();
        assertThat(spokenWith(SWITCH)).isEmpty();
    }

    @Test
    void forgetsTheKeysOfAGroupThatTheMemberHasLeft() {
        Octets message = take(FIRST);
        take(TestGroupKey.gmk(2, GROUP, OTHER_GROUP));

        alice.groupKeys().forgetGroup(GROUP);

        assertThat(alice.groupKeys().keys()).extracting(GroupKeyDetails::groups).containsExactly(List.of(OTHER_GROUP));
        assertThat(spokenWith(NOW)).isEmpty();
        assertThat(receive(message).keys()).extracting(ReceivedKey::outcome).containsExactly(Outcome.STORED);
    }

    @Test
    void forgetsWhatIsRememberedOfExpiredKeysWhenNoMessageCanBringThemBack() {
        take(FIRST.active(NOW, Optional.of(SWITCH)));
        alice.groupKeys().forgetExpired(SWITCH);
        assertThat(alice.groupKeys().keys()).isEmpty();
        long written = alice.groupKeys().generation();

        alice.groupKeys().forgetExpired(SWITCH.plusSeconds(1));
        assertThat(alice.groupKeys().generation()).isEqualTo(written);
        alice.groupKeys().forgetExpired(Instant.parse("2024-06-09T01:00:01Z"));
        assertThat(alice.groupKeys().generation()).isEqualTo(written + 1);
    }

    @Test
    void givesOutCopies() {
        take(FIRST);

        GroupKey copy = alice.groupKeys().keyById(FIRST.id(), NOW).orElseThrow();
        copy.close();
        assertThatThrownBy(() -> copy.gukIdOf(ALICE)).isInstanceOf(IllegalStateException.class);
        try (GroupKey other = alice.groupKeys().keyById(FIRST.id(), NOW).orElseThrow()) {
            assertThat(other.gukIdOf(ALICE)).isNotNull();
        }
    }

    @Test
    void wipesWhatItHeldWhenItIsClosed() {
        take(FIRST);
        GroupKeyContents[] held = new GroupKeyContents[1];
        alice.groupKeys().change(edit -> {
            held[0] = edit.next();
            return null;
        });

        alice.groupKeys().close();

        assertThatThrownBy(() -> held[0].keys.get(0).gukIdOf(ALICE)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> alice.groupKeys().keys()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void wipesTheKeyThatARevocationDeletes() {
        take(FIRST);
        GroupKeyContents[] held = new GroupKeyContents[1];
        alice.groupKeys().change(edit -> {
            held[0] = edit.next();
            return null;
        });

        world.clock.advance(Duration.ofSeconds(1));
        take(FIRST.revoked());

        assertThatThrownBy(() -> held[0].keys.get(0).gukIdOf(ALICE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hasNothingReadableInItsFile() throws Exception {
        take(FIRST);
        byte[] octets = Files.readAllBytes(alice.groupFile());

        assertThat(new String(octets, StandardCharsets.ISO_8859_1))
                .startsWith("MCKMSGKS")
                .doesNotContain("alice", "group1", "example.org");
        byte[] key = new byte[8];
        Arrays.fill(key, (byte) FIRST.octet());
        assertThat(Octets.copyOf(octets).toHex())
                .doesNotContain(Octets.copyOf(key).toHex());
    }

    @Test
    void opensWithItsOwnKeyAndAsItsOwnKindOnly() {
        alice.groupKeys().close();

        assertThat(fault(() -> GroupKeyStore.open(alice.groupFile(), TestKeys.storeKey(9), new SecureRandom())))
                .isEqualTo(Fault.WRONG_KEY);
        assertThat(fault(() -> ClientKeyStore.open(alice.groupFile(), TestKeys.storeKey(2), new SecureRandom())))
                .isEqualTo(Fault.DAMAGED);
        alice.store().close();
        assertThat(fault(() -> GroupKeyStore.open(
                        folder.resolve("sip-alice-example-org.keys"), TestKeys.storeKey(1), new SecureRandom())))
                .isEqualTo(Fault.DAMAGED);
    }

    @Test
    void noticesEveryChangeOfItsFile() throws Exception {
        take(FIRST);
        alice.groupKeys().close();
        byte[] octets = Files.readAllBytes(alice.groupFile());
        for (int i = 0; i < octets.length; i += 7) {
            octets[i] ^= 1;
            Files.write(alice.groupFile(), octets);
            assertThatThrownBy(() -> GroupKeyStore.open(alice.groupFile(), TestKeys.storeKey(2), new SecureRandom()))
                    .as("octet " + i)
                    .isInstanceOf(ClientStoreException.class);
            octets[i] ^= 1;
        }
    }

    @Test
    void changesItsKey() {
        take(FIRST);
        try (StoreKey other = TestKeys.storeKey(9)) {
            alice.groupKeys().changeKey(other);
        }
        alice.groupKeys().close();

        assertThat(fault(() -> GroupKeyStore.open(alice.groupFile(), TestKeys.storeKey(2), new SecureRandom())))
                .isEqualTo(Fault.WRONG_KEY);
        try (GroupKeyStore reopened = GroupKeyStore.open(alice.groupFile(), TestKeys.storeKey(9), new SecureRandom())) {
            assertThat(reopened.keys()).hasSize(1);
        }
    }

    private Octets take(TestGroupKey key) {
        Octets message = GMS.message(key, ALICE, HOME, world.clock.instant());
        assertThat(receive(message).refusal()).isEmpty();
        return message;
    }

    private Reception receive(Octets message) {
        return alice.receiver(TwoDomains::managers)
                .receive(TwoDomains.document(ALICE, List.of(message), List.of()), GROUP, MessageWindow.INTERACTIVE);
    }

    private Optional<Integer> spokenWith(Instant time) {
        Optional<GroupKey> key = alice.groupKeys().keyFor(GROUP, KeyUse.MEDIA, time);
        key.ifPresent(GroupKey::close);
        return key.map(each -> each.details().keyId().value());
    }

    private static Fault fault(ThrowingCallable opening) {
        return catchThrowableOfType(ClientStoreException.class, opening).fault();
    }
}
