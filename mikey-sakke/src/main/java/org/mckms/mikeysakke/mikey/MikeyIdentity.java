package org.mckms.mikeysakke.mikey;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.UserIdentifier;

/**
 * Who sends a message or receives it: a URI in clear, or with identity hiding (TS 33.180 clause E.7) the UID alone.
 *
 * @param octets the URI in UTF-8, 1 to 65535 octets, or the 32 octets of the UID
 * @param hidden whether it is a UID
 */
public record MikeyIdentity(Octets octets, boolean hidden) {
    private static final int MAX_OCTETS = 0xFFFF;

    /**
     * Checks the length.
     *
     * @throws InvalidValueException if a URI is empty or too long, or a UID has not 32 octets
     */
    public MikeyIdentity {
        if (hidden) {
            octets = new UserIdentifier(octets).octets();
        } else if (octets.size() == 0 || octets.size() > MAX_OCTETS) {
            throw new InvalidValueException("a URI has " + octets.size() + " octets, not 1 to " + MAX_OCTETS);
        }
    }

    /** A URI in clear. */
    public static MikeyIdentity uri(String uri) {
        return new MikeyIdentity(Octets.ofUtf8(uri), false);
    }

    /** A hidden identity. */
    public static MikeyIdentity uid(UserIdentifier uid) {
        return new MikeyIdentity(uid.octets(), true);
    }

    /** The URI, unless it is hidden. */
    public Optional<String> uri() {
        return hidden ? Optional.empty() : Optional.of(Utf8.text(octets));
    }

    /** The UID, if the identity is hidden. */
    public Optional<UserIdentifier> uid() {
        return hidden ? Optional.of(new UserIdentifier(octets)) : Optional.empty();
    }
}
