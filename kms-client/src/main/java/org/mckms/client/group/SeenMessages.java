package org.mckms.client.group;

import org.mckms.mikeysakke.Octets;

/**
 * Messages that were taken before (RFC 3830 clause 5.4). Asked before a signature is verified, so only messages that
 * passed all checks may get in.
 */
@FunctionalInterface
public interface SeenMessages {
    /** @param digest of {@link MessageOpening#digest} */
    boolean contains(Octets digest);
}
