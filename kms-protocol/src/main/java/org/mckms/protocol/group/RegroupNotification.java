package org.mckms.protocol.group;

import java.util.List;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * The primary group management server tells a partner of a temporary group and sends its keys, encapsulated to the partner
 * (TS 33.180 clause 7.3.3, reference point CSC-16). A later one of the same regroup renews them.
 *
 * @param regroupId the primary's name of the regroup, 1 to 64 letters, digits and hyphens
 * @param generation of the temporary group's keys at the primary, from 1; a later notification of the same regroup has a
 *     higher one, a repetition the same
 * @param temporaryGroupUri URI of the temporary group
 * @param primaryGmsUri URI of the server that makes the keys
 * @param partnerGmsUri URI of the server addressed
 * @param constituentGroups URIs of the partner's groups that take part, 1 to {@link #MAX_GROUPS}
 * @param service the MC service, the same as that of the keys
 * @param keys the payloads for the partner, in the list of the temporary group
 * @throws InvalidValueException if a value is outside its limits or the two services differ
 */
public record RegroupNotification(
        String regroupId,
        long generation,
        String temporaryGroupUri,
        String primaryGmsUri,
        String partnerGmsUri,
        List<String> constituentGroups,
        McService service,
        GktpDocument keys) {
    /** Constituent groups in one regroup. */
    public static final int MAX_GROUPS = 64;

    public RegroupNotification {
        RegroupId.checked(regroupId);
        RegroupId.checkedGeneration(generation);
        Checked.uri(temporaryGroupUri, "temporary group");
        Checked.uri(primaryGmsUri, "primary GMS");
        Checked.uri(partnerGmsUri, "partner GMS");
        constituentGroups = List.copyOf(constituentGroups);
        if (constituentGroups.isEmpty() || constituentGroups.size() > MAX_GROUPS) {
            throw new InvalidValueException("a regroup notification names " + constituentGroups.size()
                    + " groups, 1 to " + MAX_GROUPS + " are accepted");
        }
        constituentGroups.forEach(uri -> Checked.uri(uri, "constituent group"));
        if (keys.service() != service) {
            throw new InvalidValueException("a regroup of " + service + " carries keys of " + keys.service());
        }
    }
}
