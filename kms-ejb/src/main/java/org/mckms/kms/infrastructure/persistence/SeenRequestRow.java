package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

@Entity
@Table(name = "kms_seen_request")
class SeenRequestRow {

    @Id
    @Column(name = "fingerprint")
    String fingerprint;

    @Column(name = "seen_until")
    OffsetDateTime seenUntil;
}
