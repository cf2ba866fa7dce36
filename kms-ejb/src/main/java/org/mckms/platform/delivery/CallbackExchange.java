package org.mckms.platform.delivery;

import java.util.Map;
import org.mckms.mikeysakke.Octets;

/**
 * Sends one HTTPS POST to an address that somebody else has named. The address is checked against the policy again, and
 * so is the address of the connected socket. No redirect is followed, no proxy used, no cookie kept, no part of the answer
 * interpreted but its status; the content of a success is read if it is small and its length is given.
 */
public interface CallbackExchange {

    /**
     * Sends and waits for the answer, at most as long as {@code gms.callbacks.timeout} altogether.
     *
     * @param headers further fields of the request
     * @return what came of it; never throws for what the other side does
     */
    CallbackAnswer post(CallbackAddress address, String mediaType, Octets body, Map<String, String> headers);
}
