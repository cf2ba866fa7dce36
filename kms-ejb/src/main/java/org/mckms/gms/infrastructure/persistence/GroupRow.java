package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupState;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyUse;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.group.McService;

@Entity
@Table(name = "gms_group")
class GroupRow {

    @Id
    @Column(name = "uri")
    String uri;

    @Column(name = "owner")
    String owner;

    @Column(name = "name")
    String name;

    @Column(name = "service")
    String service;

    @Column(name = "state")
    String state;

    @Column(name = "temporary")
    boolean temporary;

    @Column(name = "uses")
    String uses;

    @Column(name = "floor_purpose")
    String floorPurpose;

    @Column(name = "rekey_every")
    Long rekeyEvery;

    @Column(name = "lifetime")
    Long lifetime;

    @Column(name = "generation")
    long generation;

    @Column(name = "next_rekey_at")
    OffsetDateTime nextRekeyAt;

    @Column(name = "members")
    int members;

    @Column(name = "last_member")
    int lastMember;

    @Column(name = "created_at")
    OffsetDateTime createdAt;

    @Column(name = "ended_at")
    OffsetDateTime endedAt;

    @Column(name = "row_mac")
    String rowMac;

    void take(MacProtected<Group> stored) {
        Group group = stored.row();
        uri = group.uri();
        owner = group.owner();
        name = group.name();
        service = group.service().name();
        state = group.state().name();
        temporary = group.temporary();
        uses = group.uses().stream().map(KeyUse::name).collect(Collectors.joining(","));
        floorPurpose = group.plan().floor().name();
        rekeyEvery = group.plan().rekeyEvery().map(Duration::toSeconds).orElse(null);
        lifetime = group.plan().lifetime().map(Duration::toSeconds).orElse(null);
        generation = group.generation();
        nextRekeyAt = Columns.timeOrNull(group.nextRekeyAt());
        members = group.members();
        lastMember = group.lastMember();
        createdAt = Columns.time(group.createdAt());
        endedAt = Columns.timeOrNull(group.endedAt());
        rowMac = stored.mac().toHex();
    }

    StoredRow<Group> stored() {
        return Columns.stored(uri, this::value);
    }

    private MacProtected<Group> value() {
        List<KeyUse> planned =
                Arrays.stream(uses.split(",")).map(KeyUse::valueOf).toList();
        Group group = new Group(
                uri,
                owner,
                name,
                McService.valueOf(service),
                GroupState.valueOf(state),
                temporary,
                new KeyPlan(planned, KeyPurpose.valueOf(floorPurpose), seconds(rekeyEvery), seconds(lifetime)),
                generation,
                Columns.instant(nextRekeyAt),
                members,
                lastMember,
                createdAt.toInstant(),
                Columns.instant(endedAt));
        return new MacProtected<>(group, Octets.fromHex(rowMac));
    }

    private static Optional<Duration> seconds(Long column) {
        return Optional.ofNullable(column).map(Duration::ofSeconds);
    }
}
