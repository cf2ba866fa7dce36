package org.mckms.gms.application;

import java.util.List;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKey;

/**
 * A group as its owner sees it.
 *
 * @param keys that members are given: the current ones, those for later, those revoked in the newest generation
 */
public record GroupView(Group group, List<GroupKey> keys) {

    public GroupView {
        keys = List.copyOf(keys);
    }
}
