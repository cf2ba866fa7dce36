package org.mckms.platform.delivery;

import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
public interface HostLookup {

    /** All of them, within a time limit; none if the name has none or nobody answers. */
    List<InetAddress> addressesOf(String host);
}
