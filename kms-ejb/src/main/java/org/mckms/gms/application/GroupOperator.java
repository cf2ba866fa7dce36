package org.mckms.gms.application;

import static java.util.Objects.requireNonNull;

/**
 * An operator of this server, whose role the face has checked.
 *
 * @param name as in the audit trail
 */
public record GroupOperator(String name) {

    public GroupOperator {
        requireNonNull(name, "name");
    }

    String actor() {
        return "operator:" + name;
    }
}
