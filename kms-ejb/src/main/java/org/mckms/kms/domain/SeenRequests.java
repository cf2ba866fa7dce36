package org.mckms.kms.domain;

import java.time.Instant;
import org.mckms.mikeysakke.Octets;

/** Signed requests that were let in, on all nodes together. Every method runs inside a transaction of its caller. */
public interface SeenRequests {

    /**
     * Remembers a request.
     *
     * @param fingerprint of the signed octets and the name of the key, 32 octets
     * @throws org.mckms.protocol.error.KmsException {@code REPLAYED_REQUEST} if it was seen before; the transaction
     *     cannot go on then
     */
    void admit(Octets fingerprint, Instant seenUntil);

    /** Forgets what nobody needs to know any more. */
    int forgetBefore(Instant now);
}
