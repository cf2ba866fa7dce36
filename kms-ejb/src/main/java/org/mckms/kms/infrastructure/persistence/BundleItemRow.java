package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleItemState;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.mikeysakke.Octets;

@Entity
@Table(name = "kms_bundle_item")
class BundleItemRow {

    @EmbeddedId
    Key key;

    @Column(name = "user_uri")
    String userUri;

    @Column(name = "device")
    String device;

    @Column(name = "state")
    String state;

    @Column(name = "failure")
    String failure;

    @Column(name = "sha256")
    String sha256;

    @Column(name = "ended_at")
    OffsetDateTime endedAt;

    @Embeddable
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "job_id")
        String jobId;

        @Column(name = "item_no")
        int number;

        Key() {
            // for the persistence provider
        }

        Key(BundleJobId job, int number) {
            this.jobId = job.toString();
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && jobId.equals(key.jobId) && number == key.number;
        }

        @Override
        public int hashCode() {
            return Objects.hash(jobId, number);
        }
    }

    BundleItem item() {
        return new BundleItem(
                key.number,
                userUri,
                Optional.of(device).filter(name -> !name.isEmpty()),
                BundleItemState.valueOf(state),
                Optional.ofNullable(failure),
                Optional.ofNullable(sha256).map(Octets::fromHex));
    }
}
