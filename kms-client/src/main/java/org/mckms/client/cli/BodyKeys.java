package org.mckms.client.cli;

import org.mckms.protocol.smime.SipBody;

/** What seals and opens bodies: one CEK of a file, or those that a device or server holds. Closing wipes. */
interface BodyKeys extends AutoCloseable {
    /** Seals a body under the key that is in use. */
    SipBody seal(SipBody body);

    /** Opens a body with the key that it names. @throws org.mckms.protocol.error.KmsException if it does not open */
    SipBody open(SipBody sealed);

    @Override
    void close();
}
