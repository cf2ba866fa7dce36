package org.mckms.protocol.cek;

import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * Ends CEKs: some by their Key IDs, or those of one session, or all of the user, who logs off. Exactly one of the three.
 *
 * @param keyIds 1 to 256 Key IDs of 16 octets, each once; empty for the other two
 * @param session the SIP session that is torn down
 * @param all whether the user logs off
 * @throws InvalidValueException if it is none or more than one of the three, or a value is outside what is said here
 */
public record CekEnd(List<Octets> keyIds, Optional<String> session, boolean all) implements RequestExtension {
    public CekEnd {
        keyIds = List.copyOf(keyIds);
        CekChecks.distinct(keyIds);
        session.ifPresent(CekChecks::session);
        int kinds = (keyIds.isEmpty() ? 0 : 1) + (session.isPresent() ? 1 : 0) + (all ? 1 : 0);
        if (kinds != 1) {
            throw new InvalidValueException("a CekEnd names Key IDs, or a session, or all");
        }
    }

    /** Ends keys by their Key IDs. */
    public static CekEnd ofKeys(List<Octets> keyIds) {
        return new CekEnd(keyIds, Optional.empty(), false);
    }

    /** Ends the keys of a session. */
    public static CekEnd ofSession(String session) {
        return new CekEnd(List.of(), Optional.of(session), false);
    }

    /** Ends all keys of a user. */
    public static CekEnd ofUser() {
        return new CekEnd(List.of(), Optional.empty(), true);
    }
}
