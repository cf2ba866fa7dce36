package org.mckms.kms.domain;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Stores identities. Every method runs inside a transaction of its caller. */
public interface IdentityRepository {

    Optional<StoredRow<RegisteredIdentity>> find(String uri);

    /** The row as it is committed, past everything this transaction has read before; held until the transaction ends. */
    Optional<StoredRow<RegisteredIdentity>> lock(String uri);

    /** Fails at once if another transaction has added the same URI. */
    void insert(MacProtected<RegisteredIdentity> identity);

    /** Those of some URIs whose rows say that they are blocked; unchecked, in one query. */
    Set<String> blockedAmong(Collection<String> uris);

    void update(MacProtected<RegisteredIdentity> identity);

    /** In order of URI, those after {@code after}. */
    List<StoredRow<RegisteredIdentity>> page(Optional<String> after, int limit);
}
