package org.mckms.protocol.codec;

import java.util.Optional;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.MessageSignature;

/**
 * A response as read. Closing it wipes the keys in it.
 *
 * @param response what it says
 * @param signature present if it was signed; it has been verified
 * @param keysWereWrapped whether there are key sets and every private key in them came wrapped under a TrK
 */
public record ReceivedResponse(KmsResponse response, Optional<MessageSignature> signature, boolean keysWereWrapped)
        implements AutoCloseable {
    @Override
    public void close() {
        response.close();
    }
}
