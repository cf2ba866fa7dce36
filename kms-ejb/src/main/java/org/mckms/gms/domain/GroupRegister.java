package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The groups, checked against their MACs: nobody takes a group over by writing to the database. */
public final class GroupRegister {

    private static final String TABLE = "gms-group";

    private final GroupRepository rows;
    private final GroupGuard guard;

    public GroupRegister(GroupRepository rows, GroupGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /** Empty if there is none, and {@code INTERNAL} if the row was changed past this server. */
    public Optional<Group> find(String uri) {
        return rows.find(uri).map(this::trusted);
    }

    /** @throws KmsException {@code NOT_FOUND}, or {@code INTERNAL} if the row was changed past this server */
    public Group get(String uri) {
        return find(uri).orElseThrow(() -> unknown(uri));
    }

    /** As {@link #get}, and holds the row until the transaction ends: acts on one group follow each other. */
    public Group lock(String uri) {
        return trusted(rows.lock(uri).orElseThrow(() -> unknown(uri)));
    }

    public void add(Group group) {
        rows.insert(protect(group));
    }

    public void change(Group group) {
        rows.update(protect(group));
    }

    /** Forgets a group and everything about it. */
    public void remove(String uri) {
        rows.remove(uri);
    }

    /** The groups of some owners by URI, those after {@code after}. */
    public List<Group> ownedBy(Set<String> owners, String after, int limit) {
        return rows.page(owners, after, limit).stream().map(this::trusted).toList();
    }

    /** All groups by URI, those after {@code after}, without any check of their MACs; what cannot be read is left out. */
    public List<Group> pageUnchecked(String after, int limit) {
        return rows.page(Set.of(), after, limit).stream()
                .flatMap(row -> row.content().stream())
                .map(MacProtected::row)
                .toList();
    }

    /** Groups whose next generation is due; what they are is told by {@link #lock}. */
    public Collection<String> due(Instant now, int limit) {
        return rows.due(now, limit);
    }

    /** Groups that were torn down before a time. */
    public Collection<String> endedBefore(Instant time, int limit) {
        return rows.endedBefore(time, limit);
    }

    /** The refusal for a group that does not exist, which is also the one for a group that is somebody else's. */
    public static KmsException unknown(String uri) {
        return new KmsException(KmsErrorCode.NOT_FOUND, "no group " + uri);
    }

    /** Tells of a number of members that this server never wrote, and gives the refusal to throw. */
    KmsException wrongCount(Group group, int found) {
        return guard.tampered(
                TABLE, group.uri(), "it has " + group.members() + " members, but " + found + " rows of members");
    }

    private Group trusted(StoredRow<Group> row) {
        return guard.trusted(TABLE, row, this::fields);
    }

    private MacProtected<Group> protect(Group group) {
        return guard.protect(group, fields(group));
    }

    private RowFields fields(Group group) {
        KeyPlan plan = group.plan();
        return guard.fields(TABLE)
                .text(group.uri())
                .text(group.owner())
                .text(group.name())
                .name(group.service())
                .name(group.state())
                .flag(group.temporary())
                .texts(plan.uses().stream().map(KeyUse::name).toList())
                .name(plan.floor())
                .text(plan.rekeyEvery().map(Object::toString))
                .text(plan.lifetime().map(Object::toString))
                .number(group.generation())
                .time(group.nextRekeyAt())
                .number(group.members())
                .number(group.lastMember())
                .time(group.createdAt())
                .time(group.endedAt());
    }
}
