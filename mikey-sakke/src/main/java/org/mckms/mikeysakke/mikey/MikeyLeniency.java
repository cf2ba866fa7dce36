package org.mckms.mikeysakke.mikey;

import java.util.Set;

/**
 * Which deviations are accepted.
 *
 * <p>Not among them, since other places decide them: the encoding of identities, which the caller of a check passes as octets (see
 * {@link org.mckms.mikeysakke.identity.IdentityEncoding}), and keys of 256 bits, whose SAKKE is ambiguous and never accepted. Any value
 * is accepted as IEI of the key parameters, none having been published.
 *
 * @param accepted switched on
 */
public record MikeyLeniency(Set<Deviation> accepted) {
    /** By TS 33.180 alone. */
    public static final MikeyLeniency STRICT = new MikeyLeniency(Set.of());

    /** Copies the set. */
    public MikeyLeniency {
        accepted = Set.copyOf(accepted);
    }

    /** Strict but for these. */
    public static MikeyLeniency accepting(Deviation... deviations) {
        return new MikeyLeniency(Set.of(deviations));
    }

    /** Whether this deviation is switched on. */
    public boolean accepts(Deviation deviation) {
        return accepted.contains(deviation);
    }
}
