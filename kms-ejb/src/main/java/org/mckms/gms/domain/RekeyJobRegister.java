package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The jobs that make messages, checked against their MACs, and their parts. */
public final class RekeyJobRegister {

    /** Members of a part: so many that a commit is dear no more, so few that a part is done in a fraction of a second. */
    public static final int MEMBERS_PER_PART = 100;

    private static final String TABLE = "gms-job";

    private final RekeyJobRepository rows;
    private final JobParts parts;
    private final GroupGuard guard;

    public RekeyJobRegister(RekeyJobRepository rows, JobParts parts, GroupGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.parts = requireNonNull(parts, "parts");
        this.guard = requireNonNull(guard, "guard");
    }

    /**
     * Starts a job. One without members is over at once.
     *
     * @param numbers of the members it is for, in order
     */
    public RekeyJob start(JobKind kind, String groupUri, List<KeyIdentifier> keys, List<Integer> numbers, Instant now) {
        RekeyJob running = new RekeyJob(
                UUID.randomUUID(), groupUri, kind, JobState.RUNNING, keys, numbers.size(), now, Optional.empty());
        RekeyJob job = numbers.isEmpty() ? running.ended(JobState.FINISHED, now) : running;
        rows.insert(protect(job));
        List<JobParts.Part> ranges = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += MEMBERS_PER_PART) {
            int to = Math.min(from + MEMBERS_PER_PART, numbers.size());
            ranges.add(new JobParts.Part(numbers.get(from), numbers.get(to - 1), to - from));
        }
        parts.insertAll(job.id(), ranges);
        return job;
    }

    /** @throws KmsException {@code NOT_FOUND}, or {@code INTERNAL} if the row was changed past this server */
    public RekeyJob get(UUID id) {
        return trusted(rows.find(id).orElseThrow(() -> unknown(id)));
    }

    /** As {@link #get}, and holds the row until the transaction ends. */
    public RekeyJob lock(UUID id) {
        return trusted(rows.lock(id).orElseThrow(() -> unknown(id)));
    }

    public void change(RekeyJob job) {
        rows.update(protect(job));
    }

    /** Names of the jobs that are running, oldest first; what they are is told by {@link #get}. */
    public List<UUID> running() {
        return rows.inState(JobState.RUNNING);
    }

    /** The newest jobs of a group, newest first. */
    public List<RekeyJob> ofGroup(String groupUri, int limit) {
        return rows.ofGroup(groupUri, limit).stream().map(this::trusted).toList();
    }

    /** The newest jobs without any check of their MACs, newest first; a row that cannot be read is left out. */
    public List<RekeyJob> newestUnchecked(int limit) {
        return rows.newest(limit).stream()
                .flatMap(row -> row.content().stream())
                .map(MacProtected::row)
                .toList();
    }

    public JobProgress progress(RekeyJob job) {
        return parts.progress(job);
    }

    /** See {@link JobParts#claim}. */
    public Optional<JobParts.Part> claim(RekeyJob job, int after) {
        return parts.claim(job.id(), after);
    }

    /** See {@link JobParts#done}. */
    public void done(RekeyJob job, JobParts.Part part, int waiting, Instant now) {
        parts.done(job.id(), part, waiting, now);
    }

    /** Forgets jobs that ended before a time. */
    public int removeEndedBefore(Instant time) {
        return parts.removeEndedBefore(time);
    }

    private RekeyJob trusted(StoredRow<RekeyJob> row) {
        return guard.trusted(TABLE, row, this::fields);
    }

    private MacProtected<RekeyJob> protect(RekeyJob job) {
        return guard.protect(job, fields(job));
    }

    private RowFields fields(RekeyJob job) {
        return guard.fields(TABLE)
                .text(job.id().toString())
                .text(job.groupUri())
                .name(job.kind())
                .name(job.state())
                .texts(job.keys().stream().map(KeyIdentifier::toString).toList())
                .number(job.total())
                .time(job.startedAt())
                .time(job.endedAt());
    }

    private static KmsException unknown(UUID id) {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no job " + id);
    }
}
