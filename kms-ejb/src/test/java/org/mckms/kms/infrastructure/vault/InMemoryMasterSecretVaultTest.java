package org.mckms.kms.infrastructure.vault;

import java.util.List;
import org.mckms.platform.hsm.InMemoryHsm;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.PinSource;

class InMemoryMasterSecretVaultTest extends MasterSecretVaultContract {

    @Override
    VaultHarness newHarness() {
        return new InMemoryHarness();
    }

    private static final class InMemoryHarness extends VaultHarness {
        private final InMemoryHsm hsm = new InMemoryHsm(InMemoryMasterSecretVault.PIN);

        @Override
        TokenVault newVault(String tokenLabel, LeasePolicy lease, PinSource pins) {
            return InMemoryMasterSecretVault.create(
                    hsm,
                    new VaultEnvironment(
                            InMemoryMasterSecretVault.settings(tokenLabel, lease),
                            pins,
                            false,
                            time(),
                            time().scheduler(),
                            listener()));
        }

        @Override
        String tokenLabel() {
            return InMemoryMasterSecretVault.LABEL;
        }

        @Override
        char[] pin() {
            return InMemoryMasterSecretVault.PIN.toCharArray();
        }

        @Override
        void takeTokenAway() {
            hsm.takeAway();
        }

        @Override
        void bringTokenBack() {
            hsm.bringBack();
        }

        @Override
        void removeKey(String label) {
            hsm.removeKey(label);
        }

        @Override
        List<String> storedLabels() {
            return List.copyOf(hsm.storedLabels());
        }
    }
}
