package org.mckms.client.cek;

import java.util.Objects;
import java.util.Optional;

/**
 * What a message belongs to, as the SIP stack has established it: never taken from the message that is to be opened.
 *
 * @param otherEnd at a client the URI of the server, at a server the MC service ID of the user
 * @param session the SIP session, as it was named to the KMS; empty for a message outside a session
 */
public record CekScope(String otherEnd, Optional<String> session) {
    public CekScope {
        Objects.requireNonNull(otherEnd, "otherEnd");
        Objects.requireNonNull(session, "session");
    }

    /** Messages outside a session, and in sessions that have no key of their own. */
    public static CekScope of(String otherEnd) {
        return new CekScope(otherEnd, Optional.empty());
    }

    /** Messages of one session. */
    public static CekScope of(String otherEnd, String session) {
        return new CekScope(otherEnd, Optional.of(session));
    }

    /**
     * Whether a key may be used here: it is the other end's, and that of this session or of none. A key of a session is used in
     * no other session, and not outside one.
     */
    boolean admits(CekDetails key) {
        return key.otherEnd().equals(otherEnd)
                && (key.session().isEmpty() || key.session().equals(session));
    }
}
