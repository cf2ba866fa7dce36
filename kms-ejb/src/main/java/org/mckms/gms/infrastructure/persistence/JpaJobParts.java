package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mckms.gms.domain.JobParts;
import org.mckms.gms.domain.JobProgress;
import org.mckms.gms.domain.RekeyJob;

/** Parts of jobs in table {@code gms_job_part}. */
@ApplicationScoped
public class JpaJobParts implements JobParts {

    /**
     * Hibernate knows this clause only for databases whose version it has asked for. The row is named: with {@code FETCH
     * FIRST} H2 locks all that could be counted.
     */
    private static final String LOCK = "SELECT first_no FROM gms_job_part WHERE job_id = :job AND first_no = :first"
            + " AND state = 'OPEN' FOR UPDATE SKIP LOCKED";

    /** So many others may be at work ahead of this one. */
    private static final int WINDOW = 64;

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public void insertAll(UUID job, List<Part> parts) {
        parts.forEach(part -> entities.persist(JobPartRow.open(job, part)));
        entities.flush();
    }

    @Override
    public Optional<Part> claim(UUID job, int after) {
        List<JobPartRow> open = entities.createQuery(
                        "SELECT p FROM JobPartRow p WHERE p.key.jobId = :job AND p.state = 'OPEN'"
                                + " AND p.key.first > :after ORDER BY p.key.first",
                        JobPartRow.class)
                .setParameter("job", job.toString())
                .setParameter("after", after)
                .setMaxResults(WINDOW)
                .getResultList();
        return open.stream()
                .filter(row -> !entities.createNativeQuery(LOCK, Integer.class)
                        .setParameter("job", job.toString())
                        .setParameter("first", row.key.first)
                        .getResultList()
                        .isEmpty())
                .findFirst()
                .map(JobPartRow::part);
    }

    @Override
    public void done(UUID job, Part part, int waiting, Instant now) {
        JobPartRow row = entities.find(JobPartRow.class, new JobPartRow.Key(job, part.first()));
        row.state = JobPartRow.DONE;
        row.waiting = waiting;
        row.endedAt = Columns.time(now);
    }

    @Override
    public int removeEndedBefore(Instant time) {
        return entities.createQuery("DELETE FROM RekeyJobRow j WHERE j.endedAt < :time")
                .setParameter("time", Columns.time(time))
                .executeUpdate();
    }

    @Override
    public JobProgress progress(RekeyJob job) {
        Object[] sums = entities.createQuery(
                        "SELECT SUM(p.members), SUM(p.waiting), MAX(p.endedAt) FROM JobPartRow p"
                                + " WHERE p.key.jobId = :job AND p.state = 'DONE'",
                        Object[].class)
                .setParameter("job", job.id().toString())
                .getSingleResult();
        return new JobProgress(job.total(), count(sums[0]), count(sums[1]), Columns.instant((OffsetDateTime) sums[2]));
    }

    private static int count(Object sum) {
        return sum == null ? 0 : Math.toIntExact((Long) sum);
    }
}
