package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.mckms.kms.domain.Issuance;

@Entity
@Table(name = "kms_issuance")
@IdClass(IssuanceRow.Key.class)
class IssuanceRow {

    @Id
    @Column(name = "uri")
    String uri;

    @Id
    @Column(name = "epoch_id")
    String epochId;

    @Id
    @Column(name = "period_no")
    long periodNo;

    @Id
    @Column(name = "identity_encoding")
    String identityEncoding;

    @Id
    @Column(name = "issue")
    int issue;

    @Column(name = "pvt_sha256")
    String pvtSha256;

    @Column(name = "first_at")
    OffsetDateTime firstAt;

    static IssuanceRow of(Issuance issuance, OffsetDateTime now) {
        IssuanceRow row = new IssuanceRow();
        row.uri = issuance.uri();
        row.epochId = issuance.epoch().toString();
        row.periodNo = issuance.period().number();
        row.identityEncoding = issuance.encoding().name();
        row.issue = issuance.issue();
        row.pvtSha256 = issuance.pvtSha256().toHex();
        row.firstAt = now;
        return row;
    }

    /** The five columns that name a key set. */
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        String uri;
        String epochId;
        long periodNo;
        String identityEncoding;
        int issue;

        Key() {}

        Key(Issuance issuance) {
            uri = issuance.uri();
            epochId = issuance.epoch().toString();
            periodNo = issuance.period().number();
            identityEncoding = issuance.encoding().name();
            issue = issuance.issue();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && uri.equals(key.uri)
                    && epochId.equals(key.epochId)
                    && periodNo == key.periodNo
                    && identityEncoding.equals(key.identityEncoding)
                    && issue == key.issue;
        }

        @Override
        public int hashCode() {
            return Objects.hash(uri, epochId, periodNo, identityEncoding, issue);
        }
    }
}
