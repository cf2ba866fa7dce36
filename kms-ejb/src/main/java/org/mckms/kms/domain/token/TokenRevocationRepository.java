package org.mckms.kms.domain.token;

import java.time.Instant;
import java.util.List;

/** Keeps revocations for all nodes. Inside a transaction. */
public interface TokenRevocationRepository {

    void add(TokenRevocation revocation);

    /** Those of that moment and later. A row that cannot be read is left out. */
    List<TokenRevocation> since(Instant revokedAt);

    /** The newest first. */
    List<TokenRevocation> newest(int limit);

    /** Forgets those of before. */
    int forgetBefore(Instant revokedAt);
}
