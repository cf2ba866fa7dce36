package org.mckms.client.group;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What a store of group keys holds, at one moment. Two contents may share keys: after a change the one that is left behind
 * closes what the other does not hold.
 */
final class GroupKeyContents {
    final String memberUri;
    final List<GroupKey> keys;
    final List<DeletedKey> deleted;

    GroupKeyContents(String memberUri, List<GroupKey> keys, List<DeletedKey> deleted) {
        this.memberUri = memberUri;
        this.keys = List.copyOf(keys);
        this.deleted = List.copyOf(deleted);
    }

    static GroupKeyContents empty(String memberUri) {
        return new GroupKeyContents(memberUri, List.of(), List.of());
    }

    /** Wipes the keys that {@code kept} does not hold. */
    void closeAllBut(GroupKeyContents kept) {
        Set<GroupKey> keep = Collections.newSetFromMap(new IdentityHashMap<>());
        keep.addAll(kept.keys);
        keys.stream().filter(key -> !keep.contains(key)).forEach(GroupKey::close);
    }

    void close() {
        keys.forEach(GroupKey::close);
    }
}
