package org.mckms.kms.infrastructure.vault;

import java.util.List;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.VaultListener;

/** Passes events on until the vault is closed: whoever listens may be gone by then. */
final class ClosableListener implements VaultListener, AutoCloseable {

    private final VaultListener listener;
    private volatile boolean closed;

    ClosableListener(VaultListener listener) {
        this.listener = listener;
    }

    @Override
    public void vaultLost(String detail) {
        if (!closed) {
            listener.vaultLost(detail);
        }
    }

    @Override
    public void vaultRecovered(String detail) {
        if (!closed) {
            listener.vaultRecovered(detail);
        }
    }

    @Override
    public void vaultDeactivated(String reason) {
        if (!closed) {
            listener.vaultDeactivated(reason);
        }
    }

    @Override
    public void mastersRefused(EpochId epoch, String detail) {
        if (!closed) {
            listener.mastersRefused(epoch, detail);
        }
    }

    @Override
    public void memoryExposed(List<String> findings) {
        if (!closed) {
            listener.memoryExposed(findings);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
