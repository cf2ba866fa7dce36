package org.mckms.mikeysakke.identity;

import java.util.Locale;
import org.mckms.mikeysakke.Octets;

/** The octets of a UID that ECCSI and SAKKE work with. */
public enum IdentityEncoding {
    /** The 32 octets of the UID, as TS 33.180 wants it. */
    RAW,
    /** The 64 lower case hex digits of the UID in ASCII, as one deployed KMS does it. */
    ASCII_HEX;

    /** The identity to be hashed and used as an integer: 32 octets for {@link #RAW}, 64 for {@link #ASCII_HEX}. */
    public Octets identityOctets(UserIdentifier uid) {
        return switch (this) {
            case RAW -> uid.octets();
            case ASCII_HEX -> Octets.ofAscii(uid.octets().toHex().toLowerCase(Locale.ROOT));
        };
    }
}
