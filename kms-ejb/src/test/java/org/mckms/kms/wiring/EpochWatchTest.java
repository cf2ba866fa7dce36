package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.RowGuard;
import org.mckms.kms.infrastructure.persistence.TestRepositories;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;

class EpochWatchTest {

    private final ManualTime time = new ManualTime();
    private final TestDatabase database = TestDatabase.migrated();
    private final TestPersistence transactions = TestPersistence.over(database);
    private final InMemoryMasterSecretVault vault = InMemoryMasterSecretVault.ready();
    private final List<Object> known = new ArrayList<>();
    private final EpochRegister epochs = new EpochRegister(
            new TestRepositories(transactions.entities()).epochs(),
            new RowGuard(vault, "kms.example.org", new TamperEvents(new RecordedAudit())));
    private Epoch development;

    @BeforeEach
    void storeADevelopmentEpoch() {
        Instant now = time.instant();
        development = vault.createEpoch(new EpochPlan(
                new EpochId(UUID.randomUUID()),
                EpochPurpose.DEVELOPMENT,
                "kms.example.org",
                "cert1",
                "issuer",
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(1)),
                new KeyPeriodSchedule(86_400, 0),
                List.of()));
        transactions.runInNew(() -> epochs.add(development));
    }

    @AfterEach
    void close() {
        vault.close();
        transactions.close();
        database.close();
    }

    private EpochWatch refreshed(EpochRules rules) {
        EpochWatch watch = new EpochWatch(epochs, rules, watchedVault(), transactions, time);
        watch.refresh();
        return watch;
    }

    private MasterSecretVault watchedVault() {
        return (MasterSecretVault) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MasterSecretVault.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("knownEpochs")) {
                        known.add(arguments[0]);
                    }
                    try {
                        return method.invoke(vault, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void anEpochOfThePresentIsReadyAndTheVaultLearnsOfIt() {
        assertThat(refreshed(new EpochRules(false, true)).finding().up()).isTrue();
        assertThat(known).containsExactly(List.of(development));
    }

    @Test
    void aDevelopmentEpochKeepsAProductionServerFromBeingReady() {
        EpochWatch watch = refreshed(new EpochRules(true, false));

        assertThat(watch.finding().up()).isFalse();
        assertThat(watch.finding().sentence()).contains("cert1").contains("development epoch");
    }

    @Test
    void aChangedEpochIsNeitherReadyNorHandedOver() {
        database.tamper("UPDATE kms_epoch SET issuer = 'somebody'");

        assertThat(refreshed(new EpochRules(false, false)).finding().up()).isFalse();
        assertThat(known).isEmpty();
    }
}
