package org.mckms.client;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.protocol.codec.InteropProfile;

/**
 * How the KMS serves one identity.
 *
 * @param periodsServed which key periods a request without a time yields
 * @param profiles where it is served otherwise than TS 33.180 says
 */
public record ClientPolicy(PeriodsServed periodsServed, Set<InteropProfile> profiles) {
    public ClientPolicy {
        Objects.requireNonNull(periodsServed, "periodsServed");
        profiles = Set.copyOf(profiles);
    }

    /** The names of the profiles, separated by commas, in the order of their declaration. */
    public String profileNames() {
        Set<InteropProfile> ordered = EnumSet.noneOf(InteropProfile.class);
        ordered.addAll(profiles);
        return ordered.stream().map(InteropProfile::profileName).collect(Collectors.joining(","));
    }

    /** Which key periods a request without a time yields. */
    public enum PeriodsServed {
        CURRENT,
        CURRENT_AND_NEXT
    }
}
