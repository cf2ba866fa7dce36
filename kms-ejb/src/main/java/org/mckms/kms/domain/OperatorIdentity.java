package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * An operator known by the client certificate of the admin listener.
 *
 * @param name              the {@code <name>} of {@code kms.operator.<name>.*}
 * @param certificateSha256 SHA-256 of the DER certificate, 64 lower-case hex digits; tells two officers apart
 */
public record OperatorIdentity(String name, Set<OperatorRole> roles, String certificateSha256) {

    public OperatorIdentity {
        requireNonNull(name, "name");
        requireNonNull(certificateSha256, "certificateSha256");
        roles = Set.copyOf(roles);
    }

    /**
     * Passes only if the operator has this role.
     *
     * @throws KmsException {@code OPERATOR_ROLE_REQUIRED}
     */
    public void must(OperatorRole role) {
        mustBeOneOf(role);
    }

    /**
     * Passes only if the operator has at least one of these roles.
     *
     * @throws KmsException {@code OPERATOR_ROLE_REQUIRED}
     */
    public void mustBeOneOf(OperatorRole... accepted) {
        for (OperatorRole role : accepted) {
            if (roles.contains(role)) {
                return;
            }
        }
        throw new KmsException(
                KmsErrorCode.OPERATOR_ROLE_REQUIRED,
                "operator " + name + " has none of the roles " + Set.of(accepted) + " that this act needs");
    }
}
