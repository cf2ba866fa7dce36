package org.mckms.kms.infrastructure.vault;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every vault has to do, whatever its token is: run by the one in memory and by the real one. */
abstract class MasterSecretVaultContract
        implements ActivationContract,
                StoreKeyContract,
                ClientStoreContract,
                SessionStoreContract,
                EpochContract,
                PublishedKeyContract,
                RecoveryContract {

    private VaultHarness harness;

    /** A harness over a token without keys. */
    abstract VaultHarness newHarness();

    @BeforeEach
    void openHarness() {
        harness = newHarness();
    }

    @AfterEach
    void closeHarness() {
        harness.close();
    }

    @Override
    public final VaultHarness harness() {
        return harness;
    }
}
