package org.mckms.client;

import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.protocol.codec.UserIdForm;

/**
 * How the KMS serves one identity.
 *
 * @param periodsServed which key periods a request without a time yields
 * @param identityEncoding how the UID enters ECCSI and SAKKE
 * @param userIdForm how UserID is written in the key set
 */
public record ClientPolicy(PeriodsServed periodsServed, IdentityEncoding identityEncoding, UserIdForm userIdForm) {
    /** Which key periods a request without a time yields. */
    public enum PeriodsServed {
        CURRENT,
        CURRENT_AND_NEXT
    }
}
