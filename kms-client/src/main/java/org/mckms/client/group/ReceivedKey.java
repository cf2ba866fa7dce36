package org.mckms.client.group;

import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * What a message did to the keys held.
 *
 * @param keyId GMK-ID or MKFC-ID
 * @param outcome what was done
 */
public record ReceivedKey(KeyIdentifier keyId, Outcome outcome) {
    /** What was done with a key that passed all checks. */
    public enum Outcome {
        /** It is new and held now. */
        STORED,
        /** It was held; a later message changed its parameters. */
        UPDATED,
        /** The same message was taken before. */
        UNCHANGED,
        /** It is revoked: what was held of it is deleted, and its identifier is not used again. */
        REVOKED
    }
}
