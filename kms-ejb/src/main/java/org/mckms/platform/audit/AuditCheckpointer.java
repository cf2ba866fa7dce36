package org.mckms.platform.audit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.ChainHead;
import org.mckms.protocol.audit.CheckpointBody;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Signs how far all chains have come, and carries every checkpoint out of the database. Whichever node comes first after
 * the interval does it for all; each node fills its own folder.
 */
public final class AuditCheckpointer implements AuditChain.StartCheck {

    private static final int SLICE = 100;

    private final CheckpointStore store;
    private final CheckpointDirectory directory;
    private final UnaryOperator<Octets> signer;
    private final Duration interval;
    private final Clock clock;
    private OptionalLong exported = OptionalLong.empty();

    AuditCheckpointer(
            CheckpointStore store,
            CheckpointDirectory directory,
            UnaryOperator<Octets> signer,
            Duration interval,
            Clock clock) {
        this.store = requireNonNull(store, "store");
        this.directory = requireNonNull(directory, "directory");
        this.signer = requireNonNull(signer, "signer");
        this.interval = requireNonNull(interval, "interval");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Makes a checkpoint if one is due and heads have moved, then writes to the folder whatever it lacks.
     *
     * @param canSign whether the token can sign now; if not, files are completed only
     * @throws KmsException {@code AUDIT_UNAVAILABLE}, or what the token answered
     */
    public synchronized void run(boolean canSign) {
        try {
            if (canSign) {
                store.make(this::next);
            }
            export();
        } catch (SQLException e) {
            throw new KmsException(KmsErrorCode.AUDIT_UNAVAILABLE, "checkpoints cannot be stored in the database", e);
        } catch (IOException e) {
            throw new KmsException(
                    KmsErrorCode.AUDIT_UNAVAILABLE,
                    "checkpoints cannot be written to " + directory.path() + " (" + e.getMessage() + ")",
                    e);
        }
    }

    private Optional<AuditCheckpoint> next(Optional<AuditCheckpoint> newest, SortedMap<String, ChainHead> heads) {
        Instant now = clock.instant();
        boolean due = newest.map(n -> !n.time().plus(interval).isAfter(now)).orElse(true);
        boolean moved = newest.map(n -> !n.heads().equals(heads)).orElse(!heads.isEmpty());
        if (!due || !moved) {
            return Optional.empty();
        }
        CheckpointBody body = CheckpointBody.next(newest, now, heads);
        return Optional.of(body.signed(signer.apply(body.message())));
    }

    private void export() throws SQLException, IOException {
        if (exported.isEmpty()) {
            exported = OptionalLong.of(directory.newestNumber().orElse(0));
        }
        List<AuditCheckpoint> slice;
        do {
            slice = store.after(exported.getAsLong(), SLICE);
            for (AuditCheckpoint checkpoint : slice) {
                directory.write(checkpoint);
                exported = OptionalLong.of(checkpoint.number());
            }
        } while (slice.size() == SLICE);
    }

    /** Refuses a database that is older than the newest checkpoint in the folder. */
    @Override
    public void run() throws SQLException {
        try {
            OptionalLong newest = directory.newestNumber();
            if (newest.isPresent()) {
                compare(directory.read(newest.getAsLong()));
            }
        } catch (IOException e) {
            throw new KmsException(
                    KmsErrorCode.AUDIT_UNAVAILABLE,
                    "the folder of audit checkpoints cannot be read (" + e.getMessage() + ")",
                    e);
        }
    }

    private void compare(AuditCheckpoint kept) throws SQLException {
        boolean same = store.find(kept.number()).filter(kept::equals).isPresent();
        for (Map.Entry<String, ChainHead> head : kept.heads().entrySet()) {
            same = same
                    && store.recordHash(head.getKey(), head.getValue().sequence())
                            .filter(head.getValue().hash()::equals)
                            .isPresent();
        }
        if (!same) {
            throw new KmsException(
                    KmsErrorCode.AUDIT_UNAVAILABLE,
                    "the database does not contain the audit trail of checkpoint " + kept.number() + " in "
                            + directory.path()
                            + ": it is older, or another one. Restore the newest database, or have an"
                            + " auditor keep that folder elsewhere and start with an empty one");
        }
    }
}
