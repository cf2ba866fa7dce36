package org.mckms.platform.delivery;

import java.net.InetAddress;
import java.util.List;

/** Decides which of the addresses that others name this server calls, so that nobody reaches the inside through it. */
public interface CallbackPolicy {

    /**
     * Checks an address when it is registered.
     *
     * @throws org.mckms.protocol.error.KmsException {@code CALLBACK_REFUSED} if its port or one of the addresses its host
     *     has now is not allowed, or if the host has none
     */
    void require(CallbackAddress address);

    /**
     * The addresses of its host, all of them allowed.
     *
     * @throws org.mckms.protocol.error.KmsException {@code CALLBACK_REFUSED}
     */
    List<InetAddress> resolve(CallbackAddress address);

    /** Whether this server connects to it. */
    boolean allows(InetAddress address);
}
