package org.mckms.gms.domain.regroup;

import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyPurpose;

/** Opens key messages to this GMS. */
public interface KeyOpening {

    /**
     * Verifies and opens one I_MESSAGE: all checks of TS 33.180 annex E that need no knowledge of the group.
     *
     * @param sender  URI of the GMS that must have signed it
     * @param purpose kind of key that comes in its list
     * @return the key; the caller closes it
     * @throws org.mckms.protocol.error.KmsException {@code KEY_MESSAGE_REFUSED} with the name of the check that failed, for
     *     the sender's operator; {@code NOT_READY} if this GMS has no keys of its KMS
     */
    IncomingKey open(Octets message, String sender, KeyPurpose purpose);
}
