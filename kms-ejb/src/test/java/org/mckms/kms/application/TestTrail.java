package org.mckms.kms.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditArchive;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditFault;
import org.mckms.protocol.audit.AuditRecord;

/** Audit trails that hold what a test says. */
final class TestTrail {

    private TestTrail() {}

    /** A trail that holds just these notes. */
    static AuditArchive of(List<AuditNote> notes) {
        return new AuditArchive() {
            @Override
            public List<Placed> page(long after, int limit, Optional<String> event) {
                return IntStream.range(0, notes.size())
                        .filter(i -> i + 1 > after)
                        .filter(i -> notes.get(i).event().name().equals(event.orElseThrow()))
                        .limit(limit)
                        .mapToObj(i -> new Placed(i + 1, record(notes.get(i))))
                        .toList();
            }

            @Override
            public void forEachRecord(Consumer<String> consumer) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void forEachCheckpoint(Consumer<String> consumer) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<AuditFault> folderFault() {
                return Optional.empty();
            }
        };
    }

    private static AuditRecord record(AuditNote note) {
        Octets none = Octets.copyOf(new byte[32]);
        return new AuditRecord(
                "chain",
                1,
                Instant.EPOCH,
                "node",
                note.event().name(),
                note.outcome(),
                note.actor(),
                note.subject(),
                note.details(),
                none,
                none);
    }
}
