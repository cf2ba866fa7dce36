package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mckms.kms.domain.FaultySteps.Fault;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.kms.infrastructure.vault.VaultFixtures;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

@Timeout(60)
class GatheredExtractionTest {

    private static final String FIRST = "sip:first@example.org";
    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";
    private static final String CAROL = "sip:carol@example.org";

    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<String> alarms = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private InMemoryMasterSecretVault vault;
    private Epoch epoch;

    @BeforeEach
    void openVault() {
        vault = InMemoryMasterSecretVault.ready();
        epoch = vault.createEpoch(VaultFixtures.plan(EpochPurpose.PRODUCTION));
    }

    @AfterEach
    void closeVault() {
        goOn.countDown();
        vault.close();
    }

    @Test
    void makesTogetherWhatCameMeanwhileAndGivesEachItsOwn() throws Exception {
        GatheredExtraction extraction = extraction(Fault.NONE, "");
        CompletableFuture<List<IssuedKeys>> first = asked(extraction, epoch, FIRST);
        begun.await();
        CompletableFuture<List<IssuedKeys>> one = waits(extraction, epoch, ALICE);
        CompletableFuture<List<IssuedKeys>> two = waits(extraction, epoch, BOB, CAROL);
        goOn.countDown();
        assertKeysOf(first, FIRST);
        assertKeysOf(one, ALICE);
        assertKeysOf(two, BOB, CAROL);
        assertThat(batches).containsExactly(1, 3);
    }

    @Test
    void goesAheadAtOnceWhereNobodyWaits() throws Exception {
        goOn.countDown();
        GatheredExtraction extraction = extraction(Fault.NONE, "");
        assertKeysOf(asked(extraction, epoch, FIRST), FIRST);
        assertKeysOf(asked(extraction, epoch, ALICE), ALICE);
        assertThat(batches).containsExactly(1, 1);
    }

    @Test
    void keepsEpochsApart() throws Exception {
        Epoch other = vault.createEpoch(VaultFixtures.plan(EpochPurpose.PRODUCTION));
        GatheredExtraction extraction = extraction(Fault.NONE, "");
        CompletableFuture<List<IssuedKeys>> first = asked(extraction, epoch, FIRST);
        begun.await();
        CompletableFuture<List<IssuedKeys>> one = waits(extraction, epoch, ALICE);
        CompletableFuture<List<IssuedKeys>> ofOther = waits(extraction, other, ALICE);
        CompletableFuture<List<IssuedKeys>> two = waits(extraction, epoch, BOB);
        goOn.countDown();
        assertKeysOf(first, FIRST);
        assertKeysOf(one, ALICE);
        assertKeysOf(two, BOB);
        assertThat(ofOther.get()).singleElement().satisfies(keys -> assertIsOf(keys, other, ALICE));
        assertThat(batches).containsExactly(1, 2, 1);
    }

    @Test
    void aFaultFailsOnlyTheRequestWhoseKeySetItIs() throws Exception {
        GatheredExtraction extraction = extraction(Fault.SSK_OCTET, BOB);
        CompletableFuture<List<IssuedKeys>> first = asked(extraction, epoch, FIRST);
        begun.await();
        CompletableFuture<List<IssuedKeys>> one = waits(extraction, epoch, ALICE);
        CompletableFuture<List<IssuedKeys>> two = waits(extraction, epoch, BOB);
        CompletableFuture<List<IssuedKeys>> three = waits(extraction, epoch, CAROL);
        goOn.countDown();
        assertKeysOf(first, FIRST);
        assertKeysOf(one, ALICE);
        assertKeysOf(three, CAROL);
        assertFails(two, KmsErrorCode.SELF_CHECK_FAILED);
        assertThat(alarms).containsExactly(BOB + " 1");
        assertThat(vault.status().state()).isEqualTo(VaultState.ACTIVE);
    }

    @Test
    void aUriThatIsNoneFailsOnlyItsRequest() throws Exception {
        GatheredExtraction extraction = extraction(Fault.NONE, "");
        CompletableFuture<List<IssuedKeys>> first = asked(extraction, epoch, FIRST);
        begun.await();
        CompletableFuture<List<IssuedKeys>> none = waits(extraction, epoch, "");
        CompletableFuture<List<IssuedKeys>> one = waits(extraction, epoch, ALICE);
        goOn.countDown();
        assertKeysOf(first, FIRST);
        assertKeysOf(one, ALICE);
        assertThatThrownBy(none::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InvalidValueException.class);
        assertThat(alarms).isEmpty();
    }

    @Test
    void aVaultThatIsNotActiveFailsAllAndServesThoseThatComeLater() throws Exception {
        GatheredExtraction extraction = extraction(Fault.NONE, "");
        CompletableFuture<List<IssuedKeys>> first = asked(extraction, epoch, FIRST);
        begun.await();
        CompletableFuture<List<IssuedKeys>> one = waits(extraction, epoch, ALICE);
        CompletableFuture<List<IssuedKeys>> two = waits(extraction, epoch, BOB);
        vault.deactivate("to see what happens");
        goOn.countDown();
        assertKeysOf(first, FIRST);
        assertFails(one, KmsErrorCode.NOT_READY);
        assertFails(two, KmsErrorCode.NOT_READY);
        vault.activate(InMemoryMasterSecretVault.PIN.toCharArray(), List.of(epoch));
        assertKeysOf(asked(extraction, epoch, CAROL), CAROL);
    }

    @Test
    void takesNoMoreThan32KeySetsAlong() throws Exception {
        GatheredExtraction extraction = extraction(Fault.NONE, "");
        CompletableFuture<List<IssuedKeys>> first = asked(extraction, epoch, FIRST);
        begun.await();
        CompletableFuture<List<IssuedKeys>> twenty = waits(extraction, epoch, users(20));
        CompletableFuture<List<IssuedKeys>> thirteen = waits(extraction, epoch, users(13));
        CompletableFuture<List<IssuedKeys>> twelve = waits(extraction, epoch, users(12));
        goOn.countDown();
        assertKeysOf(first, FIRST);
        assertKeysOf(twenty, users(20));
        assertKeysOf(thirteen, users(13));
        assertKeysOf(twelve, users(12));
        assertThat(batches).containsExactly(1, 32, 13);
    }

    @Test
    void manyKeySetsOfOneRequestWaitForNobody() throws Exception {
        GatheredExtraction extraction = extraction(Fault.NONE, "");
        CompletableFuture<List<IssuedKeys>> first = asked(extraction, epoch, FIRST);
        begun.await();
        assertKeysOf(asked(extraction, epoch, users(32)), users(32));
        assertThat(first).isNotDone();
        goOn.countDown();
        assertKeysOf(first, FIRST);
    }

    private static String[] users(int count) {
        String[] users = new String[count];
        for (int i = 0; i < count; i++) {
            users[i] = "sip:user" + i + "@example.org";
        }
        return users;
    }

    /** Notes how many key sets are made together; the first computation waits until it may go on. */
    private GatheredExtraction extraction(Fault fault, String faulty) {
        ExtractionSteps steps = new FaultySteps(fault, uid -> isOf(uid, faulty)) {
            @Override
            List<ReceiverSecretKey> rsks(List<SecretScalar> k) {
                batches.add(k.size());
                if (k.size() == 1 && begun.getCount() > 0) {
                    begun.countDown();
                    await(goOn);
                }
                return super.rsks(k);
            }
        };
        return new GatheredExtraction(
                vault,
                new KeySetExtraction(
                        steps,
                        TestArithmetic.selfCheck(),
                        vault,
                        (id, userUri, failures) -> alarms.add(userUri + " " + failures)),
                1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isOf(UserIdentifier uid, String userUri) {
        return !userUri.isEmpty() && uid.equals(uid(epoch, userUri));
    }

    private static UserIdentifier uid(Epoch epoch, String userUri) {
        return UserIdentifier.format2(userUri, epoch.kmsUri(), epoch.schedule(), new KeyPeriod(1514));
    }

    private static CompletableFuture<List<IssuedKeys>> asked(
            GatheredExtraction extraction, Epoch epoch, String... users) {
        return asked(new CompletableFuture<>(), extraction, epoch, users);
    }

    private static CompletableFuture<List<IssuedKeys>> asked(
            CompletableFuture<Thread> by, GatheredExtraction extraction, Epoch epoch, String... users) {
        CompletableFuture<List<IssuedKeys>> keys = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                keys.complete(extraction.issue(epoch, orders(users)));
            } catch (RuntimeException e) {
                keys.completeExceptionally(e);
            }
        });
        by.complete(thread);
        thread.start();
        return keys;
    }

    /** Returns when the request is waiting for others. */
    private static CompletableFuture<List<IssuedKeys>> waits(
            GatheredExtraction extraction, Epoch epoch, String... users) {
        CompletableFuture<Thread> by = new CompletableFuture<>();
        CompletableFuture<List<IssuedKeys>> keys = asked(by, extraction, epoch, users);
        while (by.join().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return keys;
    }

    private static List<KeyOrder> orders(String... users) {
        return List.of(users).stream()
                .map(user -> new KeyOrder(user, new KeyPeriod(1514), IdentityEncoding.RAW, 0))
                .toList();
    }

    private void assertKeysOf(CompletableFuture<List<IssuedKeys>> asked, String... users) throws Exception {
        List<IssuedKeys> keys = asked.get();
        assertThat(keys).hasSize(users.length);
        for (int i = 0; i < users.length; i++) {
            assertIsOf(keys.get(i), epoch, users[i]);
        }
    }

    private static void assertIsOf(IssuedKeys keys, Epoch epoch, String user) {
        try (keys) {
            Octets identity = IdentityEncoding.RAW.identityOctets(uid(epoch, user));
            assertThat(keys.uid()).isEqualTo(uid(epoch, user));
            assertThat(SakkeKeyCheck.isValid(identity, keys.rsk(), epoch.zT())).isTrue();
        }
    }

    private static void assertFails(CompletableFuture<List<IssuedKeys>> asked, KmsErrorCode code) {
        assertThatThrownBy(asked::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
