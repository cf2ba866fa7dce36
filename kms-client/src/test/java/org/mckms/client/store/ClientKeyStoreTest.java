package org.mckms.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.TestDomain.ALICE;
import static org.mckms.client.TestDomain.BOB;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.client.store.ClientStoreException.Fault;
import org.mckms.protocol.message.ClientError;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;

class ClientKeyStoreTest {
    private static final StoreOwner OWNER = new StoreOwner(TestDomain.KMS_URI, ALICE, "phone");
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("alice.keys");
    }

    @Test
    void givesBackEverythingAfterReopening() throws Exception {
        TestPki.Holder signer = new TestPki().issue("bundle signer");
        try (ClientKeyStore store = create()) {
            fill(store);
            store.change(edit -> edit.bundleSigner(signer.certificate()));
        }

        try (ClientKeyStore store = open()) {
            assertThat(store.owner()).isEqualTo(OWNER);
            assertThat(store.baseUrls()).containsExactly("https://kms-1.example.org", "https://kms-2.example.org");
            assertThat(store.bundleSigner()).contains(signer.certificate());
            assertThat(store.isRegistered()).isTrue();
            try (ClientKeys active = store.activeKeys().orElseThrow();
                    ClientKeys pending = store.pendingKeys().orElseThrow()) {
                assertThat(hex(active)).isEqualTo(hex(TestKeys.clientKeys(1, ALICE)));
                assertThat(hex(pending)).isEqualTo(hex(TestKeys.transportKeyOnly(2, ALICE)));
                assertThat(pending.integrityKey()).isEmpty();
            }
            assertThat(store.rootCertificates()).containsExactly(TestDomain.certificate());
            assertThat(store.partnerCertificates()).containsExactly(TestDomain.certificate(Role.EXTERNAL, true));
            assertThat(store.cacheNumber()).hasValue(7);
            assertThat(store.clientError()).contains(new ClientError(3, "one reason"));
            List<UserKeys> keys = store.userKeys(each -> true);
            assertThat(keys).extracting(each -> each.keys().userUri()).containsExactlyInAnyOrder(ALICE, BOB);
            keys.forEach(each -> assertSame(each.keys()));
            keys.forEach(UserKeys::close);
        }
    }

    @Test
    void keepsNothingReadableInTheFile() throws Exception {
        try (ClientKeyStore store = create()) {
            fill(store);
        }

        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("MCKMSCKS").doesNotContain("alice", "example.org", "phone");
        assertThat(HexFormat.of().withUpperCase().formatHex(Files.readAllBytes(file)))
                .doesNotContain(TestDomain.keysOf(ALICE).ssk().toUpperCase(Locale.ROOT));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void writesNothingWhenNothingChanges() throws Exception {
        try (ClientKeyStore store = create()) {
            fill(store);
            long generation = store.generation();
            byte[] before = Files.readAllBytes(file);

            try (ClientKeys pending = TestKeys.transportKeyOnly(2, ALICE)) {
                store.change(edit -> {
                    edit.root(TestDomain.certificate());
                    edit.pendingKeys(pending);
                    edit.cacheNumber(OptionalLong.of(7));
                    edit.partner(TestDomain.certificate(Role.EXTERNAL, true));
                });
            }

            assertThat(store.generation()).isEqualTo(generation);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
        }
    }

    @Test
    void forgetsTheOldKeysWhenThePendingOnesAreUsed() {
        try (ClientKeyStore store = create()) {
            fill(store);
            store.change(StoreEdit::activatePendingKeys);

            assertThat(store.pendingKeys()).isEmpty();
            try (ClientKeys active = store.activeKeys().orElseThrow()) {
                assertThat(active.transportKey().name()).isEqualTo("tk.2." + ALICE);
            }
        }
    }

    @Test
    void replacesBothPairsByOnesThatCameOutOfBand() {
        try (ClientKeyStore store = create();
                ClientKeys fresh = TestKeys.clientKeys(9, ALICE)) {
            fill(store);
            store.change(edit -> edit.registerKeys(fresh));

            assertThat(store.pendingKeys()).isEmpty();
            try (ClientKeys active = store.activeKeys().orElseThrow()) {
                assertThat(hex(active)).isEqualTo(hex(fresh));
            }
        }
    }

    @Test
    void leavesAllAsItWasWhenAChangeFails() {
        try (ClientKeyStore store = create()) {
            fill(store);
            long generation = store.generation();

            assertThatThrownBy(() -> store.change(edit -> {
                        edit.activatePendingKeys();
                        throw new IllegalStateException("no");
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(store.generation()).isEqualTo(generation);
            try (ClientKeys pending = store.pendingKeys().orElseThrow();
                    ClientKeys active = store.activeKeys().orElseThrow()) {
                assertThat(hex(pending)).isEqualTo(hex(TestKeys.transportKeyOnly(2, ALICE)));
                assertThat(hex(active)).isEqualTo(hex(TestKeys.clientKeys(1, ALICE)));
            }
        }
    }

    @Test
    void refusesAnotherKeyAndAnotherKindOfKey() {
        create().close();

        assertFault(Fault.WRONG_KEY, () -> ClientKeyStore.open(file, TestKeys.storeKey(8), RANDOM));
        assertFault(
                Fault.WRONG_KEY,
                () -> ClientKeyStore.open(file, StoreKey.passphrase("correct horse".toCharArray()), RANDOM));
    }

    @Test
    void refusesEveryAlteredOctet() throws IOException {
        create().close();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x01;
            Files.write(file, bad);
            ClientStoreException refused = catchThrowableOfType(ClientStoreException.class, () -> open());
            assertThat(refused).as("octet " + i).isNotNull();
            assertThat(refused.fault()).as("octet " + i).isIn(Fault.DAMAGED, Fault.LATER_FORMAT, Fault.WRONG_KEY);
        }
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        create().close();
        byte[] good = Files.readAllBytes(file);
        for (int length = 0; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            assertFault(Fault.DAMAGED, this::open);
        }
    }

    @Test
    void tellsALaterFormat() throws IOException {
        create().close();
        byte[] octets = Files.readAllBytes(file);
        octets[9] = 2;
        Files.write(file, octets);

        assertFault(Fault.LATER_FORMAT, this::open);
    }

    @Test
    void tellsWhatIsMissingOrThereAlready() {
        assertFault(Fault.MISSING, this::open);
        create().close();
        assertFault(Fault.EXISTS, this::create);
    }

    @Test
    void isOpenOnlyOnce() {
        try (ClientKeyStore first = create()) {
            assertThat(first.isRegistered()).isFalse();
            assertFault(Fault.IN_USE, this::open);
        }
        open().close();
    }

    @Test
    void noticesACopyPutBackWhileItIsOpen() throws IOException {
        try (ClientKeyStore store = create()) {
            byte[] old = Files.readAllBytes(file);
            fill(store);
            Files.write(file, old);

            assertFault(Fault.ROLLED_BACK, () -> store.change(StoreEdit::activatePendingKeys));
            assertThat(Files.readAllBytes(file)).isEqualTo(old);
        }
    }

    @Test
    void noticesACopyPutBackByTheCounterOfThePlatform() throws IOException {
        AtomicLong counter = new AtomicLong();
        RollbackGuard guard = new RollbackGuard() {
            @Override
            public long lowest() {
                return counter.get();
            }

            @Override
            public void raise(long generation) {
                counter.set(generation);
            }
        };
        byte[] old;
        try (ClientKeyStore store = ClientKeyStore.create(file, TestKeys.storeKey(7), OWNER, RANDOM, guard)) {
            old = Files.readAllBytes(file);
            fill(store);
            assertThat(counter).hasValue(store.generation());
        }
        ClientKeyStore.open(file, TestKeys.storeKey(7), RANDOM, guard).close();
        Files.write(file, old);

        assertFault(Fault.ROLLED_BACK, () -> ClientKeyStore.open(file, TestKeys.storeKey(7), RANDOM, guard));
    }

    @Test
    void getsAnotherKey() {
        try (ClientKeyStore store = create()) {
            fill(store);
            store.changeKey(TestKeys.storeKey(8));
        }

        assertFault(Fault.WRONG_KEY, this::open);
        try (ClientKeyStore store = ClientKeyStore.open(file, TestKeys.storeKey(8), RANDOM)) {
            assertThat(store.cacheNumber()).hasValue(7);
        }
    }

    @Test
    void wipesWhatItHoldsWhenClosed() {
        ClientKeyStore store = create();
        fill(store);
        ClientKeys taken = store.activeKeys().orElseThrow();
        store.close();

        assertThatThrownBy(store::activeKeys).isInstanceOf(IllegalStateException.class);
        assertThat(hex(taken)).isEqualTo(hex(TestKeys.clientKeys(1, ALICE)));
        taken.close();
        store.close();
    }

    @Test
    void takesAwayWhatADeadWriterLeftAndNothingElse() throws IOException {
        create().close();
        Path left = Files.writeString(folder.resolve(".alice.keys123456.new"), "half");
        List<Path> others = List.of(
                Files.writeString(folder.resolve(".alice.keys-2.new"), "another's"),
                Files.writeString(folder.resolve("alice.keys.new"), "another's"));

        open().close();

        assertThat(left).doesNotExist();
        assertThat(others).allSatisfy(other -> assertThat(other).exists());
    }

    @Test
    void refusesAKeySetWithoutItsRootCertificate() {
        try (ClientKeyStore store = create();
                KmsKeySet keys = TestDomain.keysOf(ALICE).build()) {
            assertThatThrownBy(() -> store.change(edit -> edit.keySet(keys, TestDomain.certificate())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void printsNoSecret() {
        try (ClientKeyStore store = create()) {
            fill(store);
            assertThat(store.toString()).isEqualTo("ClientKeyStore[" + file + "]");
            assertThat(TestKeys.storeKey(1).toString()).isEqualTo("StoreKey[Given, hidden]");
        }
    }

    private ClientKeyStore create() {
        return ClientKeyStore.create(file, TestKeys.storeKey(7), OWNER, RANDOM);
    }

    private ClientKeyStore open() {
        return ClientKeyStore.open(file, TestKeys.storeKey(7), RANDOM);
    }

    private static void fill(ClientKeyStore store) {
        try (ClientKeys active = TestKeys.clientKeys(1, ALICE);
                ClientKeys pending = TestKeys.transportKeyOnly(2, ALICE);
                KmsKeySet alice = TestDomain.keysOf(ALICE).build();
                KmsKeySet bob = TestDomain.keysOf(BOB).build()) {
            store.change(edit -> {
                edit.registerKeys(active);
                edit.pendingKeys(pending);
                edit.baseUrls(List.of("https://kms-1.example.org", "https://kms-2.example.org"));
                edit.root(TestDomain.certificate());
                edit.keySet(alice, TestDomain.certificate());
                edit.keySet(bob, TestDomain.certificate());
                edit.partner(TestDomain.certificate(Role.EXTERNAL, true));
                edit.cacheNumber(OptionalLong.of(7));
                edit.clientError(Optional.of(new ClientError(3, "one reason")));
            });
        }
    }

    private static void assertSame(KmsKeySet keys) {
        TestDomain.Keys expected = TestDomain.keysOf(keys.userUri());
        HexFormat hex = HexFormat.of();
        assertThat(keys.rsk().<String>use(hex::formatHex)).isEqualToIgnoringCase(expected.rsk());
        assertThat(keys.ssk().<String>use(hex::formatHex)).isEqualToIgnoringCase(expected.ssk());
        assertThat(keys.pvt().octets().toHex()).isEqualToIgnoringCase(expected.pvt());
        assertThat(keys.userId().octets().toHex()).isEqualToIgnoringCase(expected.uid());
        assertThat(keys.period().number()).isEqualTo(expected.period());
        assertThat(keys.validFrom()).isEqualTo(expected.validFrom());
        assertThat(keys.validTo()).isEqualTo(expected.validTo());
        assertThat(keys.certUri()).isEqualTo(expected.certUri());
        assertThat(keys.kmsUri()).isEqualTo(expected.kmsUri());
    }

    private static String hex(ClientKeys keys) {
        String transport =
                keys.transportKey().name() + keys.transportKey().key().use(HexFormat.of()::formatHex);
        return keys.integrityKey()
                .map(key -> transport + key.name() + key.key().use(HexFormat.of()::formatHex))
                .orElse(transport);
    }

    private static void assertFault(Fault fault, ThrowingCallable call) {
        ClientStoreException refused = catchThrowableOfType(ClientStoreException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.fault()).isEqualTo(fault);
    }
}
