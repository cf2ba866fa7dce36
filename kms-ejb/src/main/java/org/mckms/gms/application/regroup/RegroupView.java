package org.mckms.gms.application.regroup;

import java.util.List;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.gms.domain.regroup.RegroupRole;

/**
 * A regroup as its manager sees it.
 *
 * @param id    the primary's name of the regroup
 * @param parts one per partner at the primary; one at a partner
 */
public record RegroupView(String id, RegroupRole role, String temporaryGroupUri, List<RegroupPart> parts) {

    public RegroupView {
        parts = List.copyOf(parts);
    }

    static RegroupView of(List<RegroupPart> parts) {
        RegroupPart first = parts.get(0);
        return new RegroupView(first.key().regroupId(), first.role(), first.temporaryGroupUri(), parts);
    }
}
