package org.mckms.kms.infrastructure.vault;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.MasterSecrets;
import org.mckms.platform.hsm.LeasePolicy;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The leases of all epochs during one generation of the token. Thread safe. */
final class MasterLeases {

    private final MasterLoader loader;
    private final LeasePolicy policy;
    private final Duration loadingLimit;
    private final Clock clock;

    private final Map<EpochId, EpochLease> leases = new HashMap<>();
    private boolean closed;

    MasterLeases(MasterLoader loader, LeasePolicy policy, Duration loadingLimit, Clock clock) {
        this.loader = loader;
        this.policy = policy;
        this.loadingLimit = loadingLimit;
        this.clock = clock;
    }

    /** @see EpochLease#use */
    <T> T use(Epoch epoch, Function<MasterSecrets, T> use) {
        return lease(epoch).use(use);
    }

    /** A changed certificate ends the lease of the old one: masters are checked against what the caller knows. */
    private synchronized EpochLease lease(Epoch epoch) {
        if (closed) {
            throw new KmsException(KmsErrorCode.NOT_READY, "the vault was deactivated meanwhile");
        }
        EpochLease lease = leases.get(epoch.id());
        if (lease == null || !lease.epoch().equals(epoch)) {
            end(epoch.id());
            lease = new EpochLease(epoch, loader, policy, loadingLimit, clock);
            leases.put(epoch.id(), lease);
        }
        return lease;
    }

    /** Ends the lease of one epoch. */
    synchronized void end(EpochId epoch) {
        EpochLease lease = leases.remove(epoch);
        if (lease != null) {
            lease.close();
        }
    }

    /** Ends what is over and renews what is in use; {@code refused} is told of masters that are not the same any more. */
    void sweep(BiConsumer<EpochId, MastersRefusedException> refused) {
        for (EpochLease lease : snapshot()) {
            try {
                lease.sweep();
            } catch (MastersRefusedException e) {
                refused.accept(lease.epoch().id(), e);
            }
        }
    }

    private synchronized List<EpochLease> snapshot() {
        return List.copyOf(leases.values());
    }

    /** Ends all leases; nothing is lent any more. */
    synchronized void close() {
        closed = true;
        leases.values().forEach(EpochLease::close);
        leases.clear();
    }
}
