package org.mckms.platform.datakey;

import java.util.Optional;
import java.util.UUID;

/** Wrapped data keys in the database. Inside a transaction. */
interface DataKeyStore {

    /** Stores a new one. */
    void add(StoredDataKey key);

    /** Empty if there is none, and if its row holds what this server never writes. */
    Optional<StoredDataKey> find(UUID id);
}
