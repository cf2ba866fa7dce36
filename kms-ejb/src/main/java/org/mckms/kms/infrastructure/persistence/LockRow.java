package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "kms_lock")
class LockRow {

    static final String CEREMONY = "ceremony";
    static final String PARTNER_CERTIFICATES = "partner-certificates";

    @Id
    @Column(name = "name")
    String name;
}
