package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.regroup.RegroupCounts;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.gms.domain.regroup.RegroupState;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.group.McService;

@Entity
@Table(name = "gms_regroup_part")
class RegroupPartRow {

    /** URIs hold no white space, so a line end parts them. */
    private static final String SEPARATOR = "\n";

    @Id
    @Column(name = "part_key")
    String partKey;

    @Column(name = "regroup_id")
    String regroupId;

    @Column(name = "primary_gms")
    String primaryGms;

    @Column(name = "partner_gms")
    String partnerGms;

    @Column(name = "role")
    String role;

    @Column(name = "owners")
    String owners;

    @Column(name = "temporary_uri")
    String temporaryUri;

    @Column(name = "primary_groups")
    String primaryGroups;

    @Column(name = "partner_groups")
    String partnerGroups;

    @Column(name = "service")
    String service;

    @Column(name = "generation")
    long generation;

    @Column(name = "state")
    String state;

    @Column(name = "reason")
    String reason;

    @Column(name = "members")
    int members;

    @Column(name = "acknowledged")
    int acknowledged;

    @Column(name = "failed")
    int failed;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "changed_at")
    OffsetDateTime changedAt;

    @Column(name = "row_mac")
    String rowMac;

    /** The primary key: three texts of up to 512 characters would be too long for an index. */
    static String partKey(RegroupKey key) {
        String name = String.join(SEPARATOR, key.primaryGmsUri(), key.regroupId(), key.partnerGmsUri());
        return Sha256.of(Octets.copyOf(name.getBytes(StandardCharsets.UTF_8))).toHex();
    }

    void take(MacProtected<RegroupPart> stored) {
        RegroupPart part = stored.row();
        partKey = partKey(part.key());
        regroupId = part.key().regroupId();
        primaryGms = part.key().primaryGmsUri();
        partnerGms = part.key().partnerGmsUri();
        role = part.role().name();
        owners = String.join(SEPARATOR, part.owners());
        temporaryUri = part.temporaryGroupUri();
        primaryGroups = String.join(SEPARATOR, part.primaryGroups());
        partnerGroups = String.join(SEPARATOR, part.constituentGroups());
        service = part.service().name();
        generation = part.generation();
        state = part.state().name();
        reason = part.reason().orElse(null);
        members = part.counts().members();
        acknowledged = part.counts().acknowledged();
        failed = part.counts().failed();
        createdAt = Columns.time(part.createdAt());
        changedAt = Columns.time(part.changedAt());
        rowMac = stored.mac().toHex();
    }

    StoredRow<RegroupPart> stored() {
        return Columns.stored(partKey, this::value);
    }

    private MacProtected<RegroupPart> value() {
        RegroupPart part = new RegroupPart(
                new RegroupKey(primaryGms, regroupId, partnerGms),
                RegroupRole.valueOf(role),
                list(owners),
                temporaryUri,
                list(primaryGroups),
                list(partnerGroups),
                McService.valueOf(service),
                generation,
                RegroupState.valueOf(state),
                Optional.ofNullable(reason),
                new RegroupCounts(members, acknowledged, failed),
                createdAt.toInstant(),
                changedAt.toInstant());
        return new MacProtected<>(part, Octets.fromHex(rowMac));
    }

    private static List<String> list(String column) {
        return column.isEmpty() ? List.of() : List.of(column.split(SEPARATOR));
    }
}
