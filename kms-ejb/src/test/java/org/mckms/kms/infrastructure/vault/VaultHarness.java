package org.mckms.kms.infrastructure.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.hsm.PinSource;

/** A token of some kind for one test, empty at first, and the vaults that the test opens over it. */
abstract class VaultHarness implements AutoCloseable {

    private final ManualTime time = new ManualTime();
    private final RecordingListener listener = new RecordingListener();
    private final List<TokenVault> opened = new ArrayList<>();

    /** An inactive vault: a server, the same server restarted, or another node. */
    abstract TokenVault newVault(String tokenLabel, LeasePolicy lease, PinSource pins);

    abstract String tokenLabel();

    /** A fresh array with the right PIN. */
    abstract char[] pin();

    abstract void takeTokenAway();

    abstract void bringTokenBack();

    /** Destroys a key behind the vault's back. */
    abstract void removeKey(String label);

    /** Labels of the keys on the token, read past the vault. */
    abstract List<String> storedLabels();

    ManualTime time() {
        return time;
    }

    RecordingListener listener() {
        return listener;
    }

    TokenVault vault() {
        return vault(tokenLabel());
    }

    /** An inactive vault that expects some label and knows the PIN when it recovers. */
    TokenVault vault(String label) {
        TokenVault vault = newVault(label, LeasePolicy.DEFAULT, () -> Optional.of(pin()));
        opened.add(vault);
        return vault;
    }

    TokenVault activeVault(Epoch... known) {
        TokenVault vault = vault();
        vault.activate(pin(), List.of(known));
        return vault;
    }

    /** Active, with its store keys made. */
    TokenVault readyVault() {
        TokenVault vault = activeVault();
        vault.createStoreKeys();
        return vault;
    }

    @Override
    public void close() {
        opened.forEach(TokenVault::close);
    }
}
