package org.mckms.gms.application.regroup;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.gms.domain.regroup.RegroupKey;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.gms.domain.regroup.RegroupRole;
import org.mckms.gms.domain.regroup.RegroupState;

/** Parts of regroups in memory. */
final class MemoryParts implements RegroupParts {

    private final Map<RegroupKey, RegroupPart> held = new LinkedHashMap<>();

    @Override
    public Optional<RegroupPart> find(RegroupKey key) {
        return Optional.ofNullable(held.get(key));
    }

    @Override
    public Optional<RegroupPart> lock(RegroupKey key) {
        return find(key);
    }

    @Override
    public void add(RegroupPart part) {
        if (held.putIfAbsent(part.key(), part) != null) {
            throw new IllegalStateException("there is a part " + part.key());
        }
    }

    @Override
    public void change(RegroupPart part) {
        held.replace(part.key(), part);
    }

    @Override
    public List<RegroupPart> ofRegroup(String regroupId) {
        return held.values().stream()
                .filter(part -> part.key().regroupId().equals(regroupId))
                .sorted(Comparator.comparing(part -> part.key().partnerGmsUri()))
                .toList();
    }

    @Override
    public List<RegroupPart> aliveWith(String groupUri) {
        return held.values().stream()
                .filter(part -> !part.state().isOver() && part.ownGroups().contains(groupUri))
                .toList();
    }

    @Override
    public List<RegroupPart> before(Instant before, int limit) {
        return held.values().stream()
                .filter(part -> part.createdAt().isBefore(before))
                .sorted(Comparator.comparing(RegroupPart::createdAt).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public List<RegroupPart> inState(RegroupRole role, Set<RegroupState> states, int limit) {
        return held.values().stream()
                .filter(part -> part.role() == role && states.contains(part.state()))
                .sorted(Comparator.comparing(RegroupPart::changedAt).reversed())
                .limit(limit)
                .toList();
    }

    RegroupPart only() {
        if (held.size() != 1) {
            throw new AssertionError("not one part but " + held.values());
        }
        return held.values().iterator().next();
    }
}
