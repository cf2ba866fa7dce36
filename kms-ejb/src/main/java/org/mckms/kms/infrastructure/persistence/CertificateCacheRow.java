package org.mckms.kms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.mckms.kms.domain.CertificateCacheState;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

@Entity
@Table(name = "kms_certificate_cache")
class CertificateCacheRow {

    static final String EXTERNAL = "external";

    @Id
    @Column(name = "name")
    String name;

    @Column(name = "cache_num")
    long cacheNum;

    @Column(name = "row_mac")
    String rowMac;

    static CertificateCacheRow of(MacProtected<CertificateCacheState> state) {
        CertificateCacheRow row = new CertificateCacheRow();
        row.name = EXTERNAL;
        row.cacheNum = state.row().number();
        row.rowMac = state.mac().toHex();
        return row;
    }

    StoredRow<CertificateCacheState> stored() {
        return Columns.stored(
                name, () -> new MacProtected<>(new CertificateCacheState(cacheNum), Octets.fromHex(rowMac)));
    }
}
