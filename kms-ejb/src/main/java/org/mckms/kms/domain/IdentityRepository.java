package org.mckms.kms.domain;

import java.util.List;
import java.util.Optional;

/** Stores identities. Every method runs inside a transaction of its caller. */
public interface IdentityRepository {

    Optional<MacProtected<RegisteredIdentity>> find(String uri);

    /** As {@link #find}, and holds the row until the transaction ends. */
    Optional<MacProtected<RegisteredIdentity>> lock(String uri);

    /** Fails at once if another transaction has added the same URI. */
    void insert(MacProtected<RegisteredIdentity> identity);

    void update(MacProtected<RegisteredIdentity> identity);

    /** In order of URI, those after {@code after}. */
    List<MacProtected<RegisteredIdentity>> page(Optional<String> after, int limit);
}
