package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.mckms.gms.domain.WaitingDomains.Waiting;

@Entity
@Table(name = "gms_waiting")
class WaitingRow {

    @EmbeddedId
    Key key;

    @Embeddable
    static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        @Column(name = "kms_uri")
        String kmsUri;

        @Column(name = "group_uri")
        String groupUri;

        Key() {
            // for the persistence provider
        }

        Key(Waiting waiting) {
            this.kmsUri = waiting.kmsUri();
            this.groupUri = waiting.groupUri();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && kmsUri.equals(key.kmsUri) && groupUri.equals(key.groupUri);
        }

        @Override
        public int hashCode() {
            return Objects.hash(kmsUri, groupUri);
        }
    }

    Waiting waiting() {
        return new Waiting(key.kmsUri, key.groupUri);
    }
}
