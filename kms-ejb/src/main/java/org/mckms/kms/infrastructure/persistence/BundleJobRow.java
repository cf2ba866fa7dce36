package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.mckms.kms.domain.BundleJob;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleJobState;
import org.mckms.kms.domain.BundleSpan;
import org.mckms.kms.domain.EpochId;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "kms_bundle_job")
class BundleJobRow {

    @Id
    @Column(name = "id")
    String id;

    @Column(name = "state")
    String state;

    @Column(name = "officer")
    String officer;

    @Column(name = "officer_certificate")
    String officerCertificate;

    @Column(name = "reason")
    String reason;

    @Column(name = "epoch_id")
    String epochId;

    @Column(name = "first_period")
    long firstPeriod;

    @Column(name = "last_period")
    long lastPeriod;

    @Column(name = "total")
    int total;

    @Column(name = "folded")
    int folded;

    @Column(name = "started_at")
    OffsetDateTime startedAt;

    @Column(name = "ended_at")
    OffsetDateTime endedAt;

    @Column(name = "row_mac")
    String rowMac;

    void take(MacProtected<BundleJob> stored) {
        BundleJob job = stored.row();
        id = job.id().toString();
        state = job.state().name();
        officer = job.officer();
        officerCertificate = job.officerCertificate();
        reason = job.reason();
        epochId = job.span().epoch().toString();
        firstPeriod = job.span().first().number();
        lastPeriod = job.span().last().number();
        total = job.total();
        folded = job.folded();
        startedAt = Columns.time(job.startedAt());
        endedAt = Columns.timeOrNull(job.endedAt());
        rowMac = stored.mac().toHex();
    }

    StoredRow<BundleJob> stored() {
        return Columns.stored(id, this::value);
    }

    private MacProtected<BundleJob> value() {
        BundleJob job = new BundleJob(
                BundleJobId.parse(id),
                BundleJobState.valueOf(state),
                officer,
                officerCertificate,
                reason,
                new BundleSpan(EpochId.parse(epochId), new KeyPeriod(firstPeriod), new KeyPeriod(lastPeriod)),
                total,
                folded,
                startedAt.toInstant(),
                Columns.instant(endedAt));
        return new MacProtected<>(job, Octets.fromHex(rowMac));
    }
}
