package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.protocol.codec.UserIdForm;

/**
 * How one identity is served, set by an operator.
 *
 * @param identityEncoding the octets of the UID that enter key extraction
 * @param userIdForm       how the UID is written in a KmsKeySet
 */
public record ClientPolicy(PeriodsServed periodsServed, IdentityEncoding identityEncoding, UserIdForm userIdForm) {

    /** What every identity starts with. */
    public static final ClientPolicy STANDARD =
            new ClientPolicy(PeriodsServed.CURRENT, IdentityEncoding.RAW, UserIdForm.BASE64);

    public ClientPolicy {
        requireNonNull(periodsServed, "periodsServed");
        requireNonNull(identityEncoding, "identityEncoding");
        requireNonNull(userIdForm, "userIdForm");
    }
}
