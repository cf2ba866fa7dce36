package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.mckms.gms.domain.JobParts.Part;

@Entity
@Table(name = "gms_job_part")
class JobPartRow {

    static final String OPEN = "OPEN";
    static final String DONE = "DONE";

    @EmbeddedId
    Key key;

    @Column(name = "last_no")
    int last;

    @Column(name = "members")
    int members;

    @Column(name = "state")
    String state;

    @Column(name = "waiting")
    int waiting;

    @Column(name = "ended_at")
    OffsetDateTime endedAt;

    @Embeddable
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "job_id")
        String jobId;

        @Column(name = "first_no")
        int first;

        Key() {
            // for the persistence provider
        }

        Key(UUID job, int first) {
            this.jobId = job.toString();
            this.first = first;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && jobId.equals(key.jobId) && first == key.first;
        }

        @Override
        public int hashCode() {
            return Objects.hash(jobId, first);
        }
    }

    static JobPartRow open(UUID job, Part part) {
        JobPartRow row = new JobPartRow();
        row.key = new Key(job, part.first());
        row.last = part.last();
        row.members = part.members();
        row.state = OPEN;
        return row;
    }

    Part part() {
        return new Part(key.first, last, members);
    }
}
