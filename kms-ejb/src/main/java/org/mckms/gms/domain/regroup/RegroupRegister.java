package org.mckms.gms.domain.regroup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.gms.domain.GroupGuard;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;

/** The parts of regroups, checked against their MACs: nobody sends keys elsewhere by writing to the database. */
public final class RegroupRegister implements RegroupParts {

    private static final String TABLE = "gms-regroup-part";

    private final RegroupPartRepository rows;
    private final GroupGuard guard;

    public RegroupRegister(RegroupPartRepository rows, GroupGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    @Override
    public Optional<RegroupPart> find(RegroupKey key) {
        return rows.find(key).map(this::trusted);
    }

    @Override
    public Optional<RegroupPart> lock(RegroupKey key) {
        return rows.lock(key).map(this::trusted);
    }

    @Override
    public void add(RegroupPart part) {
        rows.insert(protect(part));
    }

    @Override
    public void change(RegroupPart part) {
        rows.update(protect(part));
    }

    @Override
    public List<RegroupPart> ofRegroup(String regroupId) {
        return trusted(rows.ofRegroup(regroupId));
    }

    @Override
    public List<RegroupPart> aliveWith(String groupUri) {
        return trusted(rows.aliveNaming(groupUri)).stream()
                .filter(part -> part.ownGroups().contains(groupUri))
                .toList();
    }

    @Override
    public List<RegroupPart> before(Instant before, int limit) {
        return trusted(rows.before(before, limit));
    }

    @Override
    public List<RegroupPart> inState(RegroupRole role, Set<RegroupState> states, int limit) {
        return trusted(rows.inState(role, states, limit));
    }

    private List<RegroupPart> trusted(List<StoredRow<RegroupPart>> found) {
        return found.stream().map(this::trusted).toList();
    }

    private RegroupPart trusted(StoredRow<RegroupPart> row) {
        return guard.trusted(TABLE, row, this::fields);
    }

    private MacProtected<RegroupPart> protect(RegroupPart part) {
        return guard.protect(part, fields(part));
    }

    private RowFields fields(RegroupPart part) {
        return guard.fields(TABLE)
                .text(part.key().primaryGmsUri())
                .text(part.key().regroupId())
                .text(part.key().partnerGmsUri())
                .name(part.role())
                .texts(part.owners())
                .text(part.temporaryGroupUri())
                .texts(part.primaryGroups())
                .texts(part.constituentGroups())
                .name(part.service())
                .number(part.generation())
                .name(part.state())
                .text(part.reason())
                .number(part.counts().members())
                .number(part.counts().acknowledged())
                .number(part.counts().failed())
                .time(part.createdAt())
                .time(part.changedAt());
    }
}
