package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.kms.domain.FaultySteps.Fault;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.kms.infrastructure.vault.VaultFixtures;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiExtraction;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.mikeysakke.secret.SecretScalar;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class KeySetExtractionTest {

    private static final String ALICE = "sip:alice@example.org";
    private static final String BOB = "sip:bob@example.org";
    private static final String CAROL = "sip:carol@example.org";
    private static final KeyPeriod PERIOD = new KeyPeriod(1514);

    private final List<String> alarms = new ArrayList<>();
    private InMemoryMasterSecretVault vault;
    private Epoch epoch;

    @BeforeEach
    void openVault() {
        vault = InMemoryMasterSecretVault.ready();
        epoch = vault.createEpoch(VaultFixtures.plan(EpochPurpose.PRODUCTION));
    }

    @AfterEach
    void closeVault() {
        vault.close();
    }

    @ParameterizedTest
    @EnumSource(IdentityEncoding.class)
    void issuesKeysThatTheReceiverAccepts(IdentityEncoding encoding) {
        vault.withMasterSecrets(epoch, masters -> {
            try (IssuedKeys keys = issue(extraction(Fault.NONE), masters, order(ALICE, PERIOD, encoding, 0))) {
                Octets identity = encoding.identityOctets(keys.uid());
                assertThat(EccsiKeyCheck.isValid(identity, keys.ssk(), keys.pvt(), epoch.kpak()))
                        .isTrue();
                assertThat(SakkeKeyCheck.isValid(identity, keys.rsk(), epoch.zT()))
                        .isTrue();
            }
            return epoch;
        });
        assertThat(alarms).isEmpty();
    }

    @Test
    void issuesTheSameKeysAgain() {
        assertThat(issued(ALICE, PERIOD, IdentityEncoding.RAW, 0))
                .isEqualTo(issued(ALICE, PERIOD, IdentityEncoding.RAW, 0));
    }

    @Test
    void neverUsesOneScalarForTwoKeySets() {
        Set<Octets> tokens = new HashSet<>();
        int asked = 0;
        for (String user : List.of(ALICE, BOB)) {
            for (long period : List.of(1514L, 1515L)) {
                for (IdentityEncoding encoding : IdentityEncoding.values()) {
                    for (int issue : List.of(0, 1)) {
                        tokens.add(issued(user, new KeyPeriod(period), encoding, issue)
                                .pvt());
                        asked++;
                    }
                }
            }
        }
        assertThat(tokens).as("PVT = [v]G, so as many v as PVT").hasSize(asked);
    }

    @Test
    void aNewIssueKeepsTheReceiverKey() {
        assertThat(issued(ALICE, PERIOD, IdentityEncoding.RAW, 0).rsk())
                .isEqualTo(issued(ALICE, PERIOD, IdentityEncoding.RAW, 1).rsk());
    }

    @Test
    void takesTheNextAttemptWhenAScalarDegenerates() {
        PublicValidationToken first = tokenOf(TestArithmetic.steps());
        PublicValidationToken third = tokenOf(new FaultySteps(Fault.NONE) {
            @Override
            SecretScalar validationScalar(MasterSecrets masters, Octets identity, int issue, int attempt) {
                if (attempt == 0) {
                    throw new DegenerateScalarException("v = 0");
                }
                return super.validationScalar(masters, identity, issue, attempt);
            }

            @Override
            Octets hs(KmsPublicAuthenticationKey kpak, Octets identity, PublicValidationToken pvt) {
                Octets right = super.hs(kpak, identity, pvt);
                return seen.add(right) && seen.size() == 1 ? ScalarReduction.ECCSI_ORDER : right;
            }

            private final Set<Octets> seen = new HashSet<>();
        });
        Octets expected = vault.withMasterSecrets(epoch, masters -> {
            Octets identity = IdentityEncoding.RAW.identityOctets(
                    issued(ALICE, PERIOD, IdentityEncoding.RAW, 0).uid());
            try (SecretScalar v = masters.validationScalar(identity, 0, 2)) {
                return EccsiExtraction.pvt(v).octets();
            }
        });
        assertThat(third.octets()).isEqualTo(expected).isNotEqualTo(first.octets());
        assertThat(alarms).isEmpty();
    }

    @Test
    void givesUpAfterAllAttempts() {
        ExtractionSteps degenerate = new FaultySteps(Fault.NONE) {
            @Override
            SecretScalar validationScalar(MasterSecrets masters, Octets identity, int issue, int attempt) {
                throw new DegenerateScalarException("v = 0");
            }
        };
        assertSelfCheckFails(degenerate);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void refusesEveryFaultAndWipesTheKeys(Fault fault) {
        FaultySteps steps = new FaultySteps(fault);
        assertSelfCheckFails(steps);
        assertThat(steps.usesOfSecrets())
                .allSatisfy(use -> assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class));
        assertThat(alarms).containsExactly(ALICE + " 1");
        assertThat(vault.status().state()).as("the first failure").isEqualTo(VaultState.ACTIVE);
        assertSelfCheckFails(steps);
        assertThat(alarms).containsExactly(ALICE + " 1", ALICE + " 2");
        assertThat(vault.status().state()).as("the second failure").isEqualTo(VaultState.INACTIVE);
        assertThat(vault.status().detail()).contains("self-check");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void refusesABatchWithOneFaultAndNamesWhoseItIs(Fault fault) {
        UserIdentifier bobs = UserIdentifier.format2(BOB, epoch.kmsUri(), epoch.schedule(), new KeyPeriod(1515));
        FaultySteps steps = new FaultySteps(fault, bobs::equals);
        List<KeyOrder> orders = List.of(
                order(ALICE),
                order(BOB),
                order(BOB, new KeyPeriod(1515), IdentityEncoding.RAW, 3),
                order(CAROL, PERIOD, IdentityEncoding.ASCII_HEX, 0));
        assertThatThrownBy(() ->
                        vault.withMasterSecrets(epoch, m -> extraction(steps).issue(m, epoch, orders)))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SELF_CHECK_FAILED));
        assertThat(alarms).containsExactly(BOB + " 1");
        assertThat(steps.usesOfSecrets())
                .allSatisfy(use -> assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void namesTheFirstOfABatchThatBreaksOnlyAsAWhole() {
        ExtractionSteps steps = new FaultySteps(Fault.NONE) {
            @Override
            List<ReceiverSecretKey> rsks(List<SecretScalar> k) {
                if (k.size() > 1) {
                    throw new IllegalStateException("lanes");
                }
                return super.rsks(k);
            }
        };
        assertThatThrownBy(() -> vault.withMasterSecrets(
                        epoch, m -> extraction(steps).issue(m, epoch, List.of(order(BOB), order(ALICE)))))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SELF_CHECK_FAILED));
        assertThat(alarms).containsExactly(BOB + " 1");
    }

    @Test
    void issuesABatchAsItWouldIssueEachKeySetAlone() {
        List<KeyOrder> orders = List.of(
                order(ALICE),
                order(BOB),
                order(BOB, new KeyPeriod(1515), IdentityEncoding.RAW, 3),
                order(CAROL, PERIOD, IdentityEncoding.ASCII_HEX, 0));
        List<ClearKeys> together = vault.withMasterSecrets(epoch, m -> {
            List<IssuedKeys> keys = extraction(Fault.NONE).issue(m, epoch, orders);
            List<ClearKeys> clear = keys.stream().map(ClearKeys::of).toList();
            keys.forEach(IssuedKeys::close);
            return clear;
        });
        assertThat(together)
                .containsExactlyElementsOf(orders.stream()
                        .map(order -> issued(order.userUri(), order.period(), order.encoding(), order.issue()))
                        .toList());
        assertThat(alarms).isEmpty();
    }

    @Test
    void issuesNothingForNoOrder() {
        List<IssuedKeys> none =
                vault.withMasterSecrets(epoch, m -> extraction(Fault.NONE).issue(m, epoch, List.of()));
        assertThat(none).isEmpty();
    }

    static Stream<RuntimeException> brokenSteps() {
        return Stream.of(
                new IllegalStateException("no such state"),
                new ArithmeticException("not invertible"),
                new IndexOutOfBoundsException("index 33"),
                new NullPointerException());
    }

    @ParameterizedTest
    @MethodSource("brokenSteps")
    void aStepThatBreaksInAnyWayIsAFault(RuntimeException broken) {
        assertSelfCheckFails(failingWith(broken));
        assertThat(alarms).containsExactly(ALICE + " 1");
        assertThatThrownBy(() -> issueWith(failingWith(broken))).hasNoCause();
        assertThat(vault.status().state()).as("the second failure").isEqualTo(VaultState.INACTIVE);
    }

    @Test
    void aRefusalOfTheServerIsNoFault() {
        KmsException refusal = new KmsException(KmsErrorCode.HSM_UNAVAILABLE, "the token is lost");
        assertThatThrownBy(() -> issueWith(failingWith(refusal))).isSameAs(refusal);
        assertThat(alarms).isEmpty();
    }

    @Test
    void mastersWhoseLeaseIsOverAreNoFault() {
        MasterSecrets kept = vault.withMasterSecrets(epoch, masters -> masters);
        assertThatThrownBy(() -> issue(extraction(Fault.NONE), kept, order(ALICE)))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_READY));
        assertThat(alarms).isEmpty();
    }

    @Test
    void aNegativeIssueIsNoFault() {
        assertThatThrownBy(() -> order(ALICE, PERIOD, IdentityEncoding.RAW, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ExtractionSteps failingWith(RuntimeException broken) {
        return new FaultySteps(Fault.NONE) {
            @Override
            List<ReceiverSecretKey> rsks(List<SecretScalar> k) {
                throw broken;
            }
        };
    }

    @Test
    void countsFailuresFromEachActivationAnew() {
        assertSelfCheckFails(new FaultySteps(Fault.HS_OCTET));
        vault.deactivate("to look into it");
        vault.activate(InMemoryMasterSecretVault.PIN.toCharArray(), List.of(epoch));
        assertSelfCheckFails(new FaultySteps(Fault.HS_OCTET));
        assertThat(vault.status().state()).isEqualTo(VaultState.ACTIVE);
        assertThat(alarms).containsExactly(ALICE + " 1", ALICE + " 1");
    }

    @Test
    void tellsNoValueOfARefusedKeySet() {
        assertThatThrownBy(() -> issueWith(new FaultySteps(Fault.RSK_OFF_THE_CURVE)))
                .hasNoCause()
                .hasMessageContaining(ALICE)
                .hasMessageNotContaining(epoch.kpak().octets().toHex());
    }

    @Test
    void refusesAlthoughTheAlarmIsBroken() {
        SelfCheckAlarm broken = (id, userUri, failures) -> {
            throw new IllegalStateException("no bell");
        };
        KeySetExtraction extraction =
                new KeySetExtraction(new FaultySteps(Fault.SSK_OCTET), TestArithmetic.selfCheck(), vault, broken);
        assertThatThrownBy(() -> vault.withMasterSecrets(epoch, m -> issue(extraction, m, order(ALICE))))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SELF_CHECK_FAILED));
    }

    @Test
    void refusesMastersOfAnotherEpoch() {
        Epoch other = vault.createEpoch(VaultFixtures.plan(EpochPurpose.PRODUCTION));
        assertThatThrownBy(() -> vault.withMasterSecrets(other, m -> issue(extraction(Fault.NONE), m, order(ALICE))))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.SELF_CHECK_FAILED));
    }

    @Test
    void aBadUriIsNoFault() {
        assertThatThrownBy(() -> vault.withMasterSecrets(epoch, m -> issue(extraction(Fault.NONE), m, order(""))))
                .isInstanceOf(InvalidValueException.class);
        assertThat(alarms).isEmpty();
    }

    private KeySetExtraction extraction(Fault fault) {
        return extraction(new FaultySteps(fault));
    }

    private KeySetExtraction extraction(ExtractionSteps steps) {
        return new KeySetExtraction(
                steps,
                TestArithmetic.selfCheck(),
                vault,
                (id, userUri, failures) -> alarms.add(userUri + " " + failures));
    }

    private void assertSelfCheckFails(ExtractionSteps steps) {
        assertThatThrownBy(() -> issueWith(steps)).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.SELF_CHECK_FAILED));
    }

    private IssuedKeys issueWith(ExtractionSteps steps) {
        return vault.withMasterSecrets(epoch, m -> issue(extraction(steps), m, order(ALICE)));
    }

    private IssuedKeys issue(KeySetExtraction extraction, MasterSecrets masters, KeyOrder order) {
        return extraction.issue(masters, epoch, List.of(order)).get(0);
    }

    private static KeyOrder order(String user) {
        return order(user, PERIOD, IdentityEncoding.RAW, 0);
    }

    private static KeyOrder order(String user, KeyPeriod period, IdentityEncoding encoding, int issue) {
        return new KeyOrder(user, period, encoding, issue);
    }

    private PublicValidationToken tokenOf(ExtractionSteps steps) {
        try (IssuedKeys keys = issueWith(steps)) {
            return keys.pvt();
        }
    }

    private ClearKeys issued(String user, KeyPeriod period, IdentityEncoding encoding, int issue) {
        return vault.withMasterSecrets(epoch, masters -> {
            try (IssuedKeys keys = issue(extraction(Fault.NONE), masters, order(user, period, encoding, issue))) {
                return ClearKeys.of(keys);
            }
        });
    }

    private record ClearKeys(UserIdentifier uid, Octets rsk, Octets ssk, Octets pvt) {

        static ClearKeys of(IssuedKeys keys) {
            return new ClearKeys(
                    keys.uid(),
                    keys.rsk().use(Octets::copyOf),
                    keys.ssk().use(Octets::copyOf),
                    keys.pvt().octets());
        }
    }
}
