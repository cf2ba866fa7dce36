package org.mckms.platform.config;

import java.util.Set;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;

/**
 * One operator of the admin listener.
 *
 * @param name              the {@code <name>} of {@code kms.operator.<name>.*}
 * @param certificateSha256 SHA-256 of the DER certificate, 64 lower-case hex digits
 */
public record OperatorEntry(String name, String certificateSha256, Set<OperatorRole> roles) {

    public OperatorEntry {
        roles = Set.copyOf(roles);
    }

    /** The identity of whoever presented this entry's certificate. */
    public OperatorIdentity identity() {
        return new OperatorIdentity(name, roles, certificateSha256);
    }
}
