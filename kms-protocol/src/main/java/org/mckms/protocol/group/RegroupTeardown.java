package org.mckms.protocol.group;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * One of the two group management servers ends its part in a regroup: the partner then revokes the keys of the temporary
 * group at its members; the primary makes new keys for those who remain.
 *
 * @param regroupId the primary's name of the regroup
 * @param temporaryGroupUri URI of the temporary group
 * @param primaryGmsUri URI of the server that made the keys
 * @param partnerGmsUri URI of the server that was given them
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
