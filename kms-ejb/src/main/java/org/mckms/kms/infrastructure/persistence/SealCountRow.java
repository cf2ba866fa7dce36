package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "kms_seal_count")
class SealCountRow {

    @Id
    @Column(name = "key_label")
    String keyLabel;

    @Column(name = "seals")
    long seals;
}
