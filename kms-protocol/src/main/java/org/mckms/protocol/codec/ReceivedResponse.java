package org.mckms.protocol.codec;

import java.util.Optional;
import java.util.Set;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.MessageSignature;

/**
 * A response as read. Closing it wipes the keys in it.
 *
 * @param response what it says
 * @param signature present if it was signed; it has been verified
 * @param keysWereWrapped whether there are key sets or CEKs and every private key in them came wrapped under a TrK
 * @param wrappedUnder names of the TrKs under which keys came, new TrKs and InKs as well; empty if none was wrapped
 */
public record ReceivedResponse(
        KmsResponse response, Optional<MessageSignature> signature, boolean keysWereWrapped, Set<String> wrappedUnder)
        implements AutoCloseable {
    public ReceivedResponse {
        wrappedUnder = Set.copyOf(wrappedUnder);
    }

    @Override
    public void close() {
        response.close();
    }
}
