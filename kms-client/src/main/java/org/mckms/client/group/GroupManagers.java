package org.mckms.client.group;

import java.util.Set;

/** Which group management servers are authorised for a group; set up with the user's profile, never taken from a message. */
@FunctionalInterface
public interface GroupManagers {
    /** The servers that may send keys of a group; empty if the group is not known. */
    Set<Sender> of(String groupUri);
}
