package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekGenerator;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekReference;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRegister.Change;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.OpenedCek;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.delivery.DeliveryOrder;
import org.mckms.platform.delivery.Outbox;
import org.mckms.platform.persistence.AfterCommit;
import org.mckms.platform.persistence.BeforeCommit;
import org.mckms.protocol.audit.AuditEvent;

/**
 * What happens to content encryption keys, each time complete: row, delivery to the server and audit record. Inside the
 * caller's transaction, whose rows are locked already.
 */
@ApplicationScoped
class CekLife {

    @Inject
    CekRegister register;

    @Inject
    CekGenerator generator;

    @Inject
    Outbox outbox;

    @Inject
    CekWaiting waiting;

    @Inject
    BeforeCommit beforeCommit;

    @Inject
    AfterCommit afterCommit;

    /**
     * Makes the key of a record.
     *
     * @return closed by the caller
     */
    OpenedCek make(CekRecord fresh, CekAuthor author, Consumer<AuditNote> trail) {
        SecretOctets key = generator.key();
        boolean done = false;
        try {
            OpenedCek made = register.add(fresh, key);
            beforeCommit.run(() -> tell(List.of(fresh)));
            trail.accept(fresh.predecessor()
                    .map(old -> author.note(AuditEvent.CEK_RENEWED, fresh).with("replaces", old.toHex()))
                    .orElseGet(() -> author.note(AuditEvent.CEK_CREATED, fresh)));
            done = true;
            return made;
        } finally {
            if (!done) {
                key.close();
            }
        }
    }

    /** Gives an active key a longer life. */
    void prolong(StoredCek active, CekRecord prolonged, CekAuthor author, Consumer<AuditNote> trail) {
        register.change(List.of(new Change(active, prolonged)));
        tell(List.of(prolonged));
        trail.accept(author.note(AuditEvent.CEK_UPDATED, prolonged));
    }

    /**
     * Ends those that have not ended yet.
     *
     * @param serverKnows whether it is the server that wants it, which then needs not be told
     * @return all of them, as they are now
     */
    List<CekRecord> end(
            List<StoredCek> ceks,
            CekEnding why,
            boolean serverKnows,
            Instant now,
            CekAuthor author,
            Consumer<AuditNote> trail) {
        List<Change> changes = ceks.stream()
                .filter(stored -> stored.cek().state() != CekState.ENDED)
                .map(stored -> new Change(stored, ended(stored.cek(), why, serverKnows, now)))
                .toList();
        List<CekRecord> ended = changes.stream().map(Change::after).toList();
        change(changes, ended.stream().filter(cek -> !cek.isAcknowledged()).toList());
        ended.forEach(cek -> trail.accept(author.note(AuditEvent.CEK_ENDED, cek)));
        Map<Octets, CekRecord> byId = ended.stream().collect(Collectors.toMap(CekRecord::keyId, Function.identity()));
        return ceks.stream()
                .map(StoredCek::cek)
                .map(cek -> byId.getOrDefault(cek.keyId(), cek))
                .toList();
    }

    private static CekRecord ended(CekRecord cek, CekEnding why, boolean serverKnows, Instant now) {
        CekRecord ended = cek.ended(why, now);
        return serverKnows ? ended.acknowledged(ended.revision()) : ended;
    }

    /**
     * Writes changes and wakes who waits for them.
     *
     * @param toTell those of which the servers are to know
     */
    void change(List<Change> changes, List<CekRecord> toTell) {
        if (changes.isEmpty()) {
            return;
        }
        register.change(changes);
        tell(toTell);
        wake(changes);
    }

    /**
     * As {@link #change}, at the end of the transaction.
     *
     * @param entered scopes of the keys that become active
     */
    void changeLast(List<Change> changes, List<CekScope> entered, List<CekRecord> toTell) {
        if (changes.isEmpty()) {
            return;
        }
        register.changeLast(changes, entered);
        beforeCommit.run(() -> tell(toTell));
        wake(changes);
    }

    private void wake(List<Change> changes) {
        var changed = changes.stream().map(change -> change.after().keyId()).toList();
        afterCommit.run(() -> waiting.changed(changed));
    }

    /** What waits for a server after a failure is brought now. */
    void hasten(String serverUri) {
        outbox.hasten(CekReference.TOPIC, serverUri);
    }

    private void tell(List<CekRecord> changed) {
        outbox.putAll(
                CekReference.TOPIC,
                changed.stream()
                        .map(cek -> new DeliveryOrder(
                                cek.scope().serverUri(), CekReference.of(cek).text()))
                        .toList());
    }
}
