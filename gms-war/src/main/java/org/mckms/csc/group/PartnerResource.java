package org.mckms.csc.group;

import java.util.List;

/** What the GMSs of partners use (CSC-16), in XML; nobody else sees these, and they see nothing else. */
enum PartnerResource implements GroupResource {
    /** {@code regroups/notifications}. */
    NOTIFICATIONS,
    /** {@code regroups/acknowledgements}. */
    ACKNOWLEDGEMENTS,
    /** {@code regroups/rekey-requests}. */
    REKEY_REQUESTS,
    /** {@code regroups/teardowns}. */
    TEARDOWNS;

    @Override
    public List<String> methods() {
        return List.of("POST");
    }
}
