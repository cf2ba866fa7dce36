package org.mckms.protocol.group;

import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * A partner group management server asks the primary for new keys of a temporary group, because somebody who holds the present
 * ones has left the partner's groups.
 *
 * @param regroupId the primary's name of the regroup
 * @param generation of the keys that are not to be used any more; if there are newer ones nothing more is wanted
 * @param temporaryGroupUri URI of the temporary group
 * @param primaryGmsUri URI of the server that makes the keys
 * @param partnerGmsUri URI of the server that asks
 * @throws InvalidValueException if a value is outside its limits
 */
public record RegroupRekeyRequest(
        String regroupId, long generation, String temporaryGroupUri, String primaryGmsUri, String partnerGmsUri) {
    public RegroupRekeyRequest {
        RegroupId.checked(regroupId);
        RegroupId.checkedGeneration(generation);
        Checked.uri(temporaryGroupUri, "temporary group");
        Checked.uri(primaryGmsUri, "primary GMS");
        Checked.uri(partnerGmsUri, "partner GMS");
    }
}
