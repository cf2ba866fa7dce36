package org.mckms.client.csk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.group.GroupKeyStore;
import org.mckms.client.store.ClientStoreException;
import org.mckms.client.store.RollbackGuard;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.secret.SecretOctets;

class CskStoreTest {
    private static final Instant NOW = Instant.parse("2024-05-18T05:52:25Z");
    private static final KeyIdentifier CSK_ID = new KeyIdentifier(0x2DDD5BF0);
    private static final CskBinding BINDING = new CskBinding("sip:1@ims.example", "sip:alice@example.org");
    private static final Octets OCTETS = Octets.ofAscii("0123456789abcdef");

    @TempDir
    private Path folder;

    private static ServerKeyDetails details(KeyIdentifier keyId, Instant time, Optional<Instant> until) {
        return new ServerKeyDetails(
                KeyPurpose.CSK,
                keyId,
                Octets.fromHex("00".repeat(16)),
                BINDING,
                until,
                new ServerKeyDetails.Origin("sip:alice@example.org", time, Octets.fromHex("11".repeat(32))));
    }

    private static void take(CskStore store, ServerKeyDetails details) {
        try (SecretOctets key = SecretOctets.takeFrom(OCTETS.toByteArray())) {
            store.change(edit -> edit.take(details, key, NOW));
        }
    }

    private CskStore create() {
        return CskStore.create(folder.resolve("csk"), TestKeys.storeKey(1), new SecureRandom(), RollbackGuard.NONE);
    }

    private CskStore open(int key) {
        return CskStore.open(folder.resolve("csk"), TestKeys.storeKey(key), new SecureRandom(), RollbackGuard.NONE);
    }

    @Test
    void whatIsStoredIsThereAfterARestartAndEncrypted() throws IOException {
        ServerKeyDetails details = details(CSK_ID, NOW, Optional.of(NOW.plusSeconds(60)));
        try (CskStore store = create()) {
            take(store, details);
        }

        String octets = Files.readString(folder.resolve("csk"), StandardCharsets.ISO_8859_1);
        assertThat(octets).startsWith("MCKMSCSK").doesNotContain("0123456789abcdef", "alice");
        try (CskStore store = open(1);
                CskSession session = store.session(BINDING, NOW)) {
            assertThat(store.keys()).containsExactly(details);
            assertThat(session.current().orElseThrow().xpkId()).isEqualTo(CSK_ID);
        }
    }

    @Test
    void anotherKeyOrAnotherKindOfFileIsRefused() {
        create().close();
        GroupKeyStore.create(folder.resolve("groups"), TestKeys.storeKey(1), "sip:a@b", new SecureRandom())
                .close();

        assertThatExceptionOfType(ClientStoreException.class).isThrownBy(() -> open(2));
        assertThatExceptionOfType(ClientStoreException.class)
                .isThrownBy(() -> CskStore.open(
                        folder.resolve("groups"), TestKeys.storeKey(1), new SecureRandom(), RollbackGuard.NONE));
    }

    @Test
    void anAlteredFileIsRefused() throws IOException {
        try (CskStore store = create()) {
            take(store, details(CSK_ID, NOW, Optional.empty()));
        }
        byte[] octets = Files.readAllBytes(folder.resolve("csk"));
        octets[octets.length - 1] ^= 1;
        Files.write(folder.resolve("csk"), octets);

        assertThatExceptionOfType(ClientStoreException.class).isThrownBy(() -> open(1));
    }

    @Test
    void aChangeThatFailsLeavesAllAsItWas() {
        try (CskStore store = CskStore.inMemory()) {
            take(store, details(CSK_ID, NOW, Optional.empty()));

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> store.change(edit -> {
                        edit.remove(key -> true);
                        throw new IllegalStateException();
                    }));

            try (CskSession session = store.session(BINDING, NOW)) {
                assertThat(session.current()).isPresent();
            }
        }
    }

    @Test
    void aClosedStoreGivesNothing() {
        CskStore store = CskStore.inMemory();
        take(store, details(CSK_ID, NOW, Optional.empty()));
        CskSession session = store.session(BINDING, NOW);
        store.close();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(store::keys);
        assertThat(session.current()).as("a session has copies").isPresent();
        session.close();
    }

    @Test
    void keysEndWhenTheyExpire() {
        try (CskStore store = CskStore.inMemory()) {
            take(store, details(CSK_ID, NOW, Optional.of(NOW.plusSeconds(60))));
            try (CskSession session = store.session(BINDING, NOW.plusSeconds(60))) {
                assertThat(session.current()).isEmpty();
            }
            store.forgetExpired(NOW.plusSeconds(60));
            assertThat(store.keys()).isEmpty();
        }
    }

    private static void takeAt(CskStore store, int number, CskBinding binding, Instant now) {
        ServerKeyDetails details = new ServerKeyDetails(
                KeyPurpose.CSK,
                new KeyIdentifier(CSK_ID.value() + number),
                Octets.fromHex("00".repeat(16)),
                binding,
                Optional.empty(),
                new ServerKeyDetails.Origin(binding.userUri(), now, Octets.fromHex("11".repeat(32))));
        try (SecretOctets key = SecretOctets.takeFrom(OCTETS.toByteArray())) {
            store.change(edit -> edit.take(details, key, now));
        }
    }

    private static List<ServerKey> held(CskStore store) {
        List<ServerKey> held = new ArrayList<>();
        store.change(edit -> held.addAll(edit.next()));
        return held;
    }

    private static List<Integer> numbers(CskStore store) {
        return store.keys().stream()
                .map(key -> key.keyId().value() - CSK_ID.value())
                .toList();
    }

    private static void assertWiped(ServerKey key) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> key.key().use(octets -> octets.length));
    }

    @Test
    void aNewKeyWipesAllThatAreOver() {
        CskBinding other = new CskBinding("sip:2@ims.example", "sip:bob@example.org");
        try (CskStore store = CskStore.inMemory()) {
            takeAt(store, 0, BINDING, NOW);
            takeAt(store, 1, BINDING, NOW.plusSeconds(1));
            ServerKey replaced = held(store).get(0);
            Instant end = NOW.plusSeconds(1).plus(CskEdit.OVERLAP);

            takeAt(store, 2, other, end.minusMillis(1));
            assertThat(numbers(store)).containsExactly(0, 1, 2);
            takeAt(store, 3, other, end);

            assertThat(numbers(store)).containsExactly(1, 2, 3);
            assertWiped(replaced);
        }
    }

    @Test
    void aNewKeyWipesAnEarlierOneOfItsBindingThatIsOver() {
        try (CskStore store = CskStore.inMemory()) {
            takeAt(store, 0, BINDING, NOW);
            takeAt(store, 1, BINDING, NOW.plusSeconds(1));
            ServerKey replaced = held(store).get(0);

            takeAt(store, 2, BINDING, NOW.plusSeconds(1).plus(CskEdit.OVERLAP));

            assertThat(numbers(store)).containsExactly(1, 2);
            assertWiped(replaced);
        }
    }

    @Test
    void aBindingHasFourKeysOfAKindAndTheOldestAreWiped() {
        try (CskStore store = CskStore.inMemory()) {
            for (int i = 0; i < 4; i++) {
                takeAt(store, i, BINDING, NOW.plusSeconds(i));
            }
            ServerKey oldest = held(store).get(0);
            assertThat(numbers(store)).containsExactly(0, 1, 2, 3);

            takeAt(store, 4, BINDING, NOW.plusSeconds(4));

            assertThat(numbers(store)).containsExactly(1, 2, 3, 4);
            assertWiped(oldest);
        }
    }

    @Test
    void otherKindsOfKeysHaveNoPlaceHere() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> details(new KeyIdentifier(0x0DDD5BF0), NOW, Optional.empty()));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new CskBinding("", "sip:a@b"));
    }

    @Test
    void nothingShowsAKey() {
        byte[] key = OCTETS.toByteArray();
        try (ServerKey held = new ServerKey(details(CSK_ID, NOW, Optional.empty()), SecretOctets.takeFrom(key))) {
            assertThat(held.toString()).isEqualTo("ServerKey[CSK 2DDD5BF0, hidden]");
        }
        assertThat(key).isEqualTo(new byte[key.length]);
        assertThat(CskStore.inMemory()).hasToString("CskStore[in memory]");
    }
}
