package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.cek.CekPolicy;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekReference;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRegister.Change;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.CekState;
import org.mckms.kms.domain.cek.OpenedCek;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement.Item;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What servers are told, and what becomes of keys by what they say. */
@ApplicationScoped
class ServersCeks implements CekChanges {

    @Inject
    CekRegister register;

    @Inject
    CekPolicy policy;

    @Inject
    CekLife life;

    @Inject
    Clock clock;

    @Override
    public List<Cek> toPush(String serverUri, List<CekReference> references) {
        List<Cek> ceks = new ArrayList<>();
        boolean done = false;
        try {
            for (StoredCek stored : register.find(references.stream()
                            .map(CekReference::keyId)
                            .distinct()
                            .toList())
                    .intact()) {
                boolean untold = !stored.cek().isAcknowledged() && references.contains(CekReference.of(stored.cek()));
                if (untold && stored.cek().scope().serverUri().equals(serverUri)) {
                    opened(stored).map(opened -> to(serverUri, opened)).ifPresent(ceks::add);
                }
            }
            done = true;
            return ceks;
        } finally {
            if (!done) {
                ceks.forEach(Cek::close);
            }
        }
    }

    private Cek to(String serverUri, OpenedCek opened) {
        try (opened) {
            return opened.to(serverUri, policy);
        }
    }

    /**
     * A page of what a server asks for. What was altered is left out; a page is empty only if nothing follows.
     *
     * @param given takes the keys over; the caller closes it
     */
    void page(
            String server, CekQuery query, AuthenticatedIdentity caller, OpenedCeks given, Consumer<AuditNote> trail) {
        Optional<Octets> after = query.after();
        do {
            CekRegister.Found found = query.all()
                    ? register.living(server, after, CekList.MAX)
                    : register.unacknowledged(server, after, CekList.MAX);
            found.intact().forEach(stored -> opened(stored).ifPresent(given::add));
            CekGranting.served(found.intact(), caller, trail);
            after = found.last();
        } while (given.records().isEmpty() && after.isPresent());
    }

    /** Notes that a server that was away is back. */
    void isThere(String serverUri) {
        life.hasten(serverUri);
    }

    /** One that was altered does not keep others waiting; it is told. */
    Optional<OpenedCek> opened(StoredCek stored) {
        try {
            return Optional.of(register.open(stored));
        } catch (KmsException e) {
            if (e.code() == KmsErrorCode.INTERNAL) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void acknowledged(String serverUri, List<Item> items, Consumer<AuditNote> trail) {
        Map<Octets, StoredCek> known =
                register
                        .lockWithPredecessors(
                                items.stream().map(Item::keyId).distinct().toList())
                        .intact()
                        .stream()
                        .filter(stored -> stored.cek().scope().serverUri().equals(serverUri))
                        .collect(Collectors.toMap(stored -> stored.cek().keyId(), Function.identity()));
        Map<Octets, CekRecord> changed = new LinkedHashMap<>();
        CekAuthor author = CekAuthor.server(serverUri);
        for (Item item : items) {
            if (known.containsKey(item.keyId())) {
                CekRecord cek = changed.getOrDefault(
                        item.keyId(), known.get(item.keyId()).cek());
                if (item.fault().isPresent()) {
                    trail.accept(author.note(AuditEvent.CEK_REFUSED_BY_SERVER, cek)
                            .with("fault", item.fault().get().name())
                            .with("refusedRevision", Long.toString(item.revision())));
                } else if (item.revision() <= cek.revision()) {
                    confirm(cek, item.revision(), known, changed, author, trail);
                }
            }
        }
        write(known, changed);
    }

    private void confirm(
            CekRecord cek,
            long revision,
            Map<Octets, StoredCek> known,
            Map<Octets, CekRecord> changed,
            CekAuthor author,
            Consumer<AuditNote> trail) {
        CekRecord confirmed = cek.acknowledged(revision);
        if (confirmed.equals(cek)) {
            return;
        }
        changed.put(cek.keyId(), confirmed);
        if (cek.state() == CekState.PENDING) {
            cek.predecessor().filter(known::containsKey).ifPresent(old -> {
                CekRecord replaced = changed.getOrDefault(old, known.get(old).cek());
                if (replaced.state() == CekState.ACTIVE) {
                    changed.put(old, policy.retiring(replaced, now()));
                }
            });
            trail.accept(author.note(AuditEvent.CEK_ACTIVATED, confirmed));
        }
    }

    /** Of one scope the key that is not active any more is written before the one that is from now on. */
    private void write(Map<Octets, StoredCek> known, Map<Octets, CekRecord> changed) {
        List<CekScope> entered = changed.values().stream()
                .filter(cek -> cek.state() == CekState.ACTIVE
                        && known.get(cek.keyId()).cek().state() == CekState.PENDING)
                .map(CekRecord::scope)
                .toList();
        List<Change> changes = changed.values().stream()
                .sorted(Comparator.comparing(cek -> cek.state().isLive()))
                .map(cek -> new Change(known.get(cek.keyId()), cek))
                .toList();
        List<CekRecord> toTell = changed.values().stream()
                .filter(cek -> cek.revision() > known.get(cek.keyId()).cek().revision())
                .toList();
        life.changeLast(changes, entered, toTell);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
