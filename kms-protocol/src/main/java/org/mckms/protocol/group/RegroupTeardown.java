package org.mckms.protocol.group;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.message.Checked;

/**
 * The primary group management server ends a regroup; the partner revokes the keys of the temporary group at its members.
 *
 * @param regroupId the primary's name of the regroup
 * @param temporaryGroupUri URI of the temporary group
 * @param primaryGmsUri URI of the server that made the keys
 * @param partnerGmsUri URI of the server addressed
 * @throws InvalidValueException if a value is outside its limits
 */
public record RegroupTeardown(String regroupId, String temporaryGroupUri, String primaryGmsUri, String partnerGmsUri) {
    public RegroupTeardown {
        RegroupId.checked(regroupId);
        Checked.uri(temporaryGroupUri, "temporary group");
        Checked.uri(primaryGmsUri, "primary GMS");
        Checked.uri(partnerGmsUri, "partner GMS");
    }
}
