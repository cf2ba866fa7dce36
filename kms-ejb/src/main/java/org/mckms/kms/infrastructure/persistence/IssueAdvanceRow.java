package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.mckms.kms.domain.IssueAdvanceRequest;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "kms_issue_advance")
class IssueAdvanceRow {

    @Id
    @Column(name = "uri")
    String uri;

    @Column(name = "officer")
    String officer;

    @Column(name = "officer_certificate")
    String officerCertificate;

    @Column(name = "reason")
    String reason;

    @Column(name = "issue")
    int issue;

    @Column(name = "requested_at")
    OffsetDateTime requestedAt;

    @Column(name = "row_mac")
    String rowMac;

    static IssueAdvanceRow of(MacProtected<IssueAdvanceRequest> stored) {
        IssueAdvanceRequest request = stored.row();
        IssueAdvanceRow row = new IssueAdvanceRow();
        row.uri = request.uri();
        row.officer = request.officer();
        row.officerCertificate = request.officerCertificate();
        row.reason = request.reason();
        row.issue = request.issue();
        row.requestedAt = Columns.time(request.requestedAt());
        row.rowMac = stored.mac().toHex();
        return row;
    }

    StoredRow<IssueAdvanceRequest> stored() {
        return Columns.stored(uri, this::value);
    }

    private MacProtected<IssueAdvanceRequest> value() {
        return new MacProtected<>(
                new IssueAdvanceRequest(uri, officer, officerCertificate, reason, issue, requestedAt.toInstant()),
                Octets.fromHex(rowMac));
    }
}
