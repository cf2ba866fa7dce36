package org.mckms.kms.domain.cek;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys that a scope has at a time, ended ones included while they are remembered. */
public record ScopeKeys(List<StoredCek> all) {

    public ScopeKeys {
        all = List.copyOf(all);
    }

    /** The key whose server has not acknowledged it yet, unless its life is over. */
    public Optional<StoredCek> pending(Instant now) {
        return usable(CekState.PENDING, now);
    }

    /** The key that seals, unless its life is over. */
    public Optional<StoredCek> active(Instant now) {
        return usable(CekState.ACTIVE, now);
    }

    private Optional<StoredCek> usable(CekState state, Instant now) {
        return all.stream()
                .filter(stored -> stored.cek().state() == state && stored.cek().isUsableAt(now))
                .findFirst();
    }
}
