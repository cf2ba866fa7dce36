package org.mckms.kms.infrastructure.vault;

import java.util.List;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.PinSource;
import org.mckms.platform.hsm.SoftHsm;
import org.mckms.platform.hsm.Token;

/** The contract of all vaults, on SoftHSM. */
class Pkcs11MasterSecretVaultIT extends MasterSecretVaultContract {

    @Override
    VaultHarness newHarness() {
        return new SoftHsmHarness();
    }

    private static final class SoftHsmHarness extends VaultHarness {
        private final SoftHsm hsm = SoftHsm.asMade();

        @Override
        TokenVault newVault(String tokenLabel, LeasePolicy lease, PinSource pins) {
            VaultEnvironment environment = new VaultEnvironment(
                    hsm.settings(tokenLabel, lease), pins, false, time(), time().scheduler(), listener());
            return new Pkcs11MasterSecretVault(environment, InMemoryMasterSecretVault.UNEXPOSED);
        }

        @Override
        String tokenLabel() {
            return SoftHsm.LABEL;
        }

        @Override
        char[] pin() {
            return hsm.pin();
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
            Token token = hsm.openForTest();
            token.destroyKey(label);
            token.close();
        }

        @Override
        List<String> storedLabels() {
            Token token = hsm.openForTest();
            List<String> labels = List.copyOf(token.keyLabels());
            token.close();
            return labels;
        }
    }
}
