package org.mckms.kms.domain;

import java.time.Instant;

/** Remembers which key sets left. Every method runs inside a transaction of its caller. */
public interface IssuanceRecords {

    /**
     * Notes one issuance; the same key set again changes nothing.
     *
     * @return whether it is the first one of this key set
     * @throws org.mckms.protocol.error.KmsException {@code SELF_CHECK_FAILED} if the same key set left before with
     *     another PVT: the masters, or the record, are not what they were
     */
    boolean note(Issuance issuance, Instant now);

    /** Whether anything was ever issued for a URI. */
    boolean existFor(String uri);
}
