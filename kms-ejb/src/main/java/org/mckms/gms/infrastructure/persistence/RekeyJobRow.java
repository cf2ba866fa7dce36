package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mckms.gms.domain.JobKind;
import org.mckms.gms.domain.JobState;
import org.mckms.gms.domain.RekeyJob;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "gms_job")
class RekeyJobRow {

    @Id
    @Column(name = "id")
    String id;

    @Column(name = "group_uri")
    String groupUri;

    @Column(name = "kind")
    String kind;

    @Column(name = "state")
    String state;

    @Column(name = "key_ids")
    String keyIds;

    @Column(name = "total")
    int total;

    @Column(name = "started_at")
    OffsetDateTime startedAt;

    @Column(name = "ended_at")
    OffsetDateTime endedAt;

    @Column(name = "row_mac")
    String rowMac;

    void take(MacProtected<RekeyJob> stored) {
        RekeyJob job = stored.row();
        id = job.id().toString();
        groupUri = job.groupUri();
        kind = job.kind().name();
        state = job.state().name();
        keyIds = job.keys().stream().map(KeyIdentifier::toString).collect(Collectors.joining(" "));
        total = job.total();
        startedAt = Columns.time(job.startedAt());
        endedAt = Columns.timeOrNull(job.endedAt());
        rowMac = stored.mac().toHex();
    }

    StoredRow<RekeyJob> stored() {
        return Columns.stored(id, this::value);
    }

    private MacProtected<RekeyJob> value() {
        RekeyJob job = new RekeyJob(
                UUID.fromString(id),
                groupUri,
                JobKind.valueOf(kind),
                JobState.valueOf(state),
                Arrays.stream(keyIds.split(" ")).map(Columns::keyId).toList(),
                total,
                startedAt.toInstant(),
                Columns.instant(endedAt));
        return new MacProtected<>(job, Octets.fromHex(rowMac));
    }
}
