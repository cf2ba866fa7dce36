package org.mckms.kms.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Stores the keys of devices. Every method runs inside a transaction of its caller. */
public interface ClientKeysRepository {

    /** All devices of these identities, in order of identity and device. */
    List<StoredClientKeys> ofOwners(Collection<String> ownerUris);

    /** The row as it is committed, past everything this transaction has read before; held until the transaction ends. */
    Optional<StoredClientKeys> lock(ClientKeysId id);

    /** The highest number of an identity's keys on any device; 0 if it has none. */
    int newestNumber(String ownerUri);

    /** Fails at once if another transaction has added the same device, or the same number of the identity. */
    void insert(StoredClientKeys.Content row);

    /** Fails at once if another transaction has taken the same number of the identity. */
    void update(StoredClientKeys.Content row);

    /** Notes a use, and nothing else. */
    void touch(ClientKeysId id, Instant lastUsed);

    /** In order of identity and device, those after {@code after}. */
    List<StoredClientKeys> page(Optional<ClientKeysId> after, int limit);
}
