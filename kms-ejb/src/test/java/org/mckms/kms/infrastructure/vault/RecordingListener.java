package org.mckms.kms.infrastructure.vault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.VaultListener;

/** Notes the names of what it is told, in order. */
public final class RecordingListener implements VaultListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    public List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public void vaultLost(String detail) {
        events.add("lost");
    }

    @Override
    public void vaultRecovered(String detail) {
        events.add("recovered");
    }

    @Override
    public void vaultDeactivated(String reason) {
        events.add("deactivated");
    }

    @Override
    public void mastersRefused(EpochId epoch, String detail) {
        events.add("mastersRefused");
    }

    @Override
    public void memoryExposed(List<String> findings) {
        events.add("memoryExposed");
    }
}
