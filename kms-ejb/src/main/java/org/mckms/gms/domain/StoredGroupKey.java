package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.platform.datakey.SealedData;

/**
 * A key of a group as it is stored.
 *
 * @param sealed the 16 octets of the key under a data key
 */
public record StoredGroupKey(GroupKey key, SealedData sealed) {

    public StoredGroupKey {
        requireNonNull(key, "key");
        requireNonNull(sealed, "sealed");
    }
}
