package org.mckms.kms.application.cek;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekPolicy;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.KmsLog;
import org.mckms.platform.SystemUse;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.protocol.error.KmsException;

/** What time brings to content encryption keys: ends, renewals, and the end of what is remembered. One node at a time. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CekSweep {

    /** Rows of one transaction. */
    static final int MOST = 256;

    /** Transactions of one run; the next run follows soon. */
    private static final int ROUNDS = 40;

    /** How long nobody looks again at a row that was altered. */
    private static final Duration ALTERED_PAUSE = Duration.ofHours(1);

    @Inject
    CekRegister register;

    @Inject
    CekRepository rows;

    @Inject
    CekPolicy policy;

    @Inject
    CekGranting granting;

    @Inject
    CekLife life;

    @Inject
    RecordedTransactions recorded;

    @Inject
    KmsSettings settings;

    @Inject
    Clock clock;

    /** What is due, up to some ten thousand keys. */
    @SystemUse("called by the server's own clock")
    public void run() {
        boolean more = true;
        for (int round = 0; more && round < ROUNDS; round++) {
            List<Octets> toRenew = new ArrayList<>();
            more = sweepUnlessOthersAreFaster(toRenew);
            toRenew.forEach(this::renewOrTell);
        }
    }

    private boolean sweepUnlessOthersAreFaster(List<Octets> toRenew) {
        try {
            return recorded.inNewTogether(trail -> sweep(toRenew, trail));
        } catch (ConcurrentChangeException e) {
            KmsLog.LOG.debugf("due keys are being changed by others and are looked at again: %s", e.getMessage());
            toRenew.clear();
            return false;
        }
    }

    /** @return whether there may be more */
    private boolean sweep(List<Octets> toRenew, Consumer<AuditNote> trail) {
        if (!rows.lockSweep()) {
            return false;
        }
        Instant now = now();
        List<Octets> due = rows.due(now, MOST);
        CekRegister.Found found = register.lock(due);
        register.postpone(found.altered(), now.plus(ALTERED_PAUSE));
        end(found.intact(), now, trail);
        List<CekRecord> others = found.records().stream()
                .filter(cek -> policy.endingAt(cek, now).isEmpty())
                .toList();
        register.remove(others.stream()
                .filter(cek -> cek.state() == CekState.ENDED && !now.isBefore(policy.dueAt(cek)))
                .map(CekRecord::keyId)
                .toList());
        for (CekRecord cek : others) {
            if (isToRenew(cek, now)) {
                toRenew.add(cek.keyId());
                register.postpone(List.of(cek.keyId()), policy.postponed(cek, now));
            } else if (now.isBefore(policy.dueAt(cek))) {
                register.postpone(List.of(cek.keyId()), policy.dueAt(cek));
            }
        }
        return due.size() == MOST;
    }

    private void end(List<StoredCek> found, Instant now, Consumer<AuditNote> trail) {
        Map<Optional<CekEnding>, List<StoredCek>> ends =
                found.stream().collect(Collectors.groupingBy(stored -> policy.endingAt(stored.cek(), now)));
        ends.forEach(
                (ending, ceks) -> ending.ifPresent(why -> life.end(ceks, why, false, now, CekAuthor.SYSTEM, trail)));
    }

    private boolean isToRenew(CekRecord cek, Instant now) {
        return cek.state() == CekState.ACTIVE && !now.isBefore(policy.renewalDueAt(cek));
    }

    /** One that cannot be renewed now keeps no other one waiting; it is tried again. */
    private void renewOrTell(Octets keyId) {
        granting.prepare();
        try {
            recorded.inNewTogether(trail -> {
                renew(keyId, trail);
                return keyId;
            });
        } catch (KmsException e) {
            KmsLog.LOG.cekNotRenewed(keyId.toHex(), e.getMessage());
        }
    }

    private void renew(Octets keyId, Consumer<AuditNote> trail) {
        Optional<CekRecord> known =
                register.find(List.of(keyId)).records().stream().findFirst();
        if (known.isPresent() && settings.cek().isPresent()) {
            granting.succeeded(known.get(), now(), trail);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
