package org.mckms.gms.domain.regroup;

import static java.util.Objects.requireNonNull;

/**
 * Names the part of one partner in a regroup, on both sides alike. Names of regroups are the primary's own, so that those of
 * two primaries may be the same.
 *
 * @param primaryGmsUri URI of the GMS that makes the keys
 * @param regroupId     the primary's name of the regroup, 1 to 64 letters, digits and hyphens
 * @param partnerGmsUri URI of the GMS that is given them
 */
public record RegroupKey(String primaryGmsUri, String regroupId, String partnerGmsUri) {

    public RegroupKey {
        requireNonNull(primaryGmsUri, "primaryGmsUri");
        requireNonNull(regroupId, "regroupId");
        requireNonNull(partnerGmsUri, "partnerGmsUri");
    }
}
