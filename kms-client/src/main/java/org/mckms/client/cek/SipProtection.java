package org.mckms.client.cek;

import java.security.SecureRandom;
import java.time.Clock;
import org.mckms.protocol.smime.SipBody;

/**
 * Seals and opens bodies of SIP messages between a client and its servers, with the keys that the client holds. Safe for use by
 * several threads.
 */
public final class SipProtection {
    private final BodyProtection bodies;

    /** @param keys of a client; to be closed by its owner after the last use of this object */
    public SipProtection(CekKeys keys, Clock clock, SecureRandom random) {
        if (keys.owner().end() != CekOwner.End.CLIENT) {
            throw new IllegalArgumentException("these are the keys of a server");
        }
        this.bodies = new BodyProtection(keys, clock, random);
    }

    /**
     * Seals a body for a server, with the active key of the session or, if it has none of its own, that of all sessions.
     *
     * @throws org.mckms.protocol.error.KmsException NOT_FOUND if no key is active
     */
    public SipBody seal(SipBody body, CekScope to) {
        return bodies.seal(body, to);
    }

    /**
     * Opens the body of a message that the SIP stack received from a server. Says nothing to the sender about why it does not
     * open.
     *
     * @throws org.mckms.protocol.error.KmsException NOT_FOUND if the key is not held or its life is over, FORBIDDEN_IDENTITY if
     *     it is the key of another server or session, and as {@link org.mckms.protocol.smime.SmimeBody#open}
     */
    public SipBody open(SipBody sealed, CekScope from) {
        return bodies.open(sealed, from);
    }
}
