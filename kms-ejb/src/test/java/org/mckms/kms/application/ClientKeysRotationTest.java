package org.mckms.kms.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.kms.application.ServerRig.ALICE;
import static org.mckms.kms.application.ServerRig.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.ClientKeysRecord;
import org.mckms.kms.domain.ClientKeysState;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Keys of devices get old, are replaced, and no message lost on the way locks a device out. */
class ClientKeysRotationTest {

    private static final ClientKeysId PHONE = new ClientKeysId(ALICE, "phone");
    private static final Duration MONTH = Duration.ofDays(30);

    private final ServerRig rig = new ServerRig();
    private TestDevice phone;

    @BeforeEach
    void register() {
        rig.epoch();
        phone = TestDevice.registered(rig, ALICE, "phone");
        phone.ask().response().close();
    }

    @AfterEach
    void close() {
        phone.close();
        rig.close();
    }

    private ClientKeysRecord record() {
        return rig.transactions.inNew(() ->
                rig.clientKeys.find(PHONE).orElseThrow().content().orElseThrow().record());
    }

    /** New keys of an answer, as the device keeps them. */
    private ClientKeys asked() {
        ReceivedResponse received = phone.ask();
        ClientKeys fresh = TestDevice.newKeys(received).orElseThrow().copy();
        received.response().close();
        return fresh;
    }

    private static List<Octets> octets(ClientKeys keys) {
        return List.of(octets(keys.transportKey()), octets(keys.integrityKey().orElseThrow()));
    }

    private static Octets octets(NamedKey key) {
        return key.key().use(Octets::copyOf);
    }

    private void assertRefused(ProvisioningRequest request) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> rig.provision(user(ALICE), request).close())
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SIGNATURE_REQUIRED));
    }

    @Test
    void keysStayUntilTheirAge() {
        rig.time.advance(MONTH.minusSeconds(1));

        ReceivedResponse received = phone.ask();

        assertThat(TestDevice.newKeys(received)).isEmpty();
        received.response().close();
        assertThat(record().isRotating()).isFalse();
    }

    @Test
    void newKeysGoWithEveryAnswerUnchangedUntilTheyAreUsed() {
        rig.time.advance(MONTH);

        try (ClientKeys first = asked();
                ClientKeys second = asked()) {
            assertThat(octets(second)).isEqualTo(octets(first));
            assertThat(second.transportKey().name()).isEqualTo("tk.2." + ALICE);
            assertThat(second.integrityKey().orElseThrow().name()).isEqualTo("ink.2." + ALICE);
        }
        assertThat(rig.audit.events()).containsOnlyOnce(AuditEvent.CLIENT_KEYS_ROTATION_STARTED);
    }

    @Test
    void answersAreUnderTheOldKeysUntilTheDeviceUsesTheNewOnes() {
        rig.time.advance(MONTH);
        try (ClientKeys fresh = asked()) {
            ReceivedResponse before = phone.ask();
            assertThat(before.signature().orElseThrow().keyName()).isEqualTo("ink.1." + ALICE);
            before.response().close();

            phone.use(fresh.copy());
            ReceivedResponse after = phone.ask();

            assertThat(after.signature().orElseThrow().keyName()).isEqualTo("ink.2." + ALICE);
            assertThat(TestDevice.newKeys(after)).isEmpty();
            after.response().close();
        }
        assertThat(record().activeNames()).containsExactly("tk.2." + ALICE, "ink.2." + ALICE);
        assertThat(rig.audit.events()).containsOnlyOnce(AuditEvent.CLIENT_KEYS_ROTATED);
    }

    @Test
    void theOldKeysAreGoneOnceTheNewOnesWereUsed() {
        rig.time.advance(MONTH);
        try (ClientKeys old = phone.keys().copy()) {
            phone.use(asked());
            phone.ask().response().close();

            assertRefused(phone.request(old.signingKey()));
            try (OpenedClientKeys kept = rig.transactions.inNew(
                    () -> rig.clientKeys.openFor(ALICE, "ink.2." + ALICE).orElseThrow())) {
                assertThat(octets(kept.active())).isEqualTo(octets(phone.keys()));
                assertThat(kept.pending()).isEmpty();
            }
        }
    }

    @Test
    void anyNumberOfLostAnswersLocksNobodyOut() {
        rig.time.advance(MONTH);
        for (int lost = 0; lost < 3; lost++) {
            rig.provision(user(ALICE), phone.request()).close();
        }
        phone.use(asked());
        rig.provision(user(ALICE), phone.request()).close();

        phone.ask().response().close();

        assertThat(record().isRotating()).isFalse();
    }

    @Test
    void aRefusalAfterTheFirstUseKeepsTheNewKeys() {
        rig.time.advance(MONTH);
        phone.use(asked());
        rig.operatorsIdentities.block(ServerRig.OPERATOR, ALICE, "lost");
        assertThatExceptionOfType(KmsException.class).isThrownBy(() -> rig.provision(user(ALICE), phone.request()));
        rig.operatorsIdentities.unblock(ServerRig.OPERATOR, ALICE, "found");

        phone.ask().response().close();
    }

    @Test
    void anOperatorOrdersNewKeysBeforeTheirTime() {
        rig.transactions.inNew(() -> rig.clientKeys.orderRotation(PHONE));

        try (ClientKeys fresh = asked()) {
            assertThat(fresh.signingKey().name()).isEqualTo("ink.2." + ALICE);
        }
        assertThat(record().rotationOrdered()).isFalse();
    }

    @Test
    void initBringsNewKeysToo() {
        rig.time.advance(MONTH);
        String path = "/keymanagement/identity/v1/init";
        Octets body = SignedRequests.signed(
                SignedRequests.request(ALICE, rig.time.instant(), ServerRig.BASE + path),
                phone.keys().signingKey());

        try (KmsResponse response = rig.initialise(user(ALICE), new InitRequest(Optional.of(body), path))) {
            assertThat(((KmsInit) response.answer())
                            .newKeys()
                            .orElseThrow()
                            .transportKey()
                            .name())
                    .isEqualTo("tk.2." + ALICE);
        }
    }

    @Test
    void numbersAreUniqueOverTheDevicesOfAnIdentity() {
        try (TestDevice tablet = TestDevice.registered(rig, ALICE, "tablet")) {
            assertThat(tablet.keys().signingKey().name()).isEqualTo("ink.2." + ALICE);
            rig.time.advance(MONTH);
            try (ClientKeys fresh = asked()) {
                assertThat(fresh.signingKey().name()).isEqualTo("ink.3." + ALICE);
            }
        }
    }

    @Test
    void namesOfImportedKeysAreNotGivenAgain() {
        rig.transactions.inNew(() -> {
            try (ClientKeys imported = new ClientKeys(
                    NamedKey.takeFrom("tk.3." + ALICE, new byte[32]),
                    Optional.of(NamedKey.takeFrom("ink.4." + ALICE, new byte[32])))) {
                rig.clientKeys.register(
                        new ClientKeysId(ALICE, "imported"), imported, Optional.empty(), rig.time.instant());
            }
            assertThat(rig.clientKeys.nextNames(ALICE).number()).isEqualTo(5);
            return null;
        });
    }

    @Test
    void theRowIsWrittenOnlyWhereSomethingChanges() {
        ClientKeysRecord before = record();
        rig.time.advance(Duration.ofMinutes(59));
        phone.ask().response().close();
        assertThat(record()).isEqualTo(before);

        rig.time.advance(Duration.ofMinutes(2));
        phone.ask().response().close();

        assertThat(record().lastUsed()).contains(rig.time.instant());
        assertThat(record().revision()).isEqualTo(before.revision());
    }

    @Test
    void requestsAtOnceMakeOnePairAndLoseNone() throws InterruptedException, ExecutionException {
        rig.time.advance(MONTH);
        List<ProvisioningRequest> requests = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            requests.add(phone.request());
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Octets>>> answers = new ArrayList<>();
            for (ProvisioningRequest request : requests) {
                answers.add(pool.submit(() -> {
                    ReceivedResponse received = phone.ask(request);
                    List<Octets> pair = octets(TestDevice.newKeys(received).orElseThrow());
                    received.response().close();
                    return pair;
                }));
            }
            List<List<Octets>> pairs = new ArrayList<>();
            for (Future<List<Octets>> answer : answers) {
                pairs.add(answer.get());
            }
            assertThat(pairs).hasSize(12).containsOnly(pairs.get(0));
        } finally {
            pool.shutdownNow();
        }
        assertThat(rig.audit.notes())
                .filteredOn(note -> note.event() == AuditEvent.CLIENT_KEYS_ROTATION_STARTED)
                .filteredOn(note -> note.outcome().equals("ok"))
                .hasSize(1);
        assertThat(record().state()).isEqualTo(ClientKeysState.ACTIVE);
    }

    @Test
    void neverByAgeWhereTheSettingSaysSo() {
        try (ServerRig other = new ServerRig(Map.of("kms.client-keys.rotate-after", "never"))) {
            other.epoch();
            try (TestDevice device = TestDevice.registered(other, ALICE, "phone")) {
                device.ask().response().close();
                other.time.advance(Duration.ofDays(700));
                ReceivedResponse received = device.ask();
                assertThat(TestDevice.newKeys(received)).isEmpty();
                received.response().close();
            }
        }
    }
}
