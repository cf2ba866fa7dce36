package org.mckms.gms.domain;

import java.util.Collection;
import java.util.Map;

/** Where members want to be notified. Every method runs inside a transaction of its caller. */
public interface Callbacks {

    /** The address that each of some members registered, by the member's URI; those without one are left out. */
    Map<String, String> addressesOf(Collection<String> memberUris);
}
