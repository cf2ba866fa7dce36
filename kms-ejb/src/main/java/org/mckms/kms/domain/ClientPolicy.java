package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Set;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.protocol.codec.InteropProfile;
import org.mckms.protocol.codec.WireDialect;

/**
 * How one identity is served, set by an operator.
 *
 * @param profiles where it is served otherwise than TS 33.180 says, because its client needs it
 * @throws org.mckms.mikeysakke.InvalidValueException if profiles contradict each other
 */
public record ClientPolicy(PeriodsServed periodsServed, Set<InteropProfile> profiles) {

    /** What every identity starts with. */
    public static final ClientPolicy STANDARD = new ClientPolicy(PeriodsServed.CURRENT, Set.of());

    public ClientPolicy {
        requireNonNull(periodsServed, "periodsServed");
        profiles = Set.copyOf(profiles);
        InteropProfile.dialectOf(profiles);
    }

    /** The octets of the UID that enter key extraction. */
    public IdentityEncoding identityEncoding() {
        return profiles.contains(InteropProfile.UID_AS_HEX_TEXT) ? IdentityEncoding.ASCII_HEX : IdentityEncoding.RAW;
    }

    /** How answers to the client are written. */
    public WireDialect dialect() {
        return InteropProfile.dialectOf(profiles);
    }

    /** Whether the client has keys but cannot sign. */
    public boolean unsignedRequests() {
        return profiles.contains(InteropProfile.UNSIGNED_REQUESTS);
    }

    /** The profiles in the order of their declaration. */
    public Set<InteropProfile> orderedProfiles() {
        EnumSet<InteropProfile> ordered = EnumSet.noneOf(InteropProfile.class);
        ordered.addAll(profiles);
        return ordered;
    }
}
