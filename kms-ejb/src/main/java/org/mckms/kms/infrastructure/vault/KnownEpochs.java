package org.mckms.kms.infrastructure.vault;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochState;

/** The epochs of the database as the vault was told of them last, and those that were retired here since. Thread safe. */
final class KnownEpochs {

    private final Set<EpochId> retired = ConcurrentHashMap.newKeySet();
    private volatile List<Epoch> committed = List.of();

    void replace(Collection<Epoch> all) {
        committed = List.copyOf(all);
    }

    /** From now on the epoch is not used here, whatever an older copy of the database says. */
    void retire(EpochId epoch) {
        retired.add(epoch);
    }

    boolean isRetired(EpochId epoch) {
        return retired.contains(epoch);
    }

    /** Whether there never was an epoch: only then may a token be a fresh one. */
    boolean isEmpty() {
        return committed.isEmpty();
    }

    /** Those whose keys have to be on the token. */
    List<Epoch> active() {
        return committed.stream()
                .filter(epoch -> epoch.state() == EpochState.ACTIVE && !isRetired(epoch.id()))
                .toList();
    }

    boolean areForProduction() {
        return active().stream().anyMatch(epoch -> epoch.purpose() == EpochPurpose.PRODUCTION);
    }
}
