package org.mckms.protocol.cek;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * Asks for the CEK of one user with one server: the current one, a new one, or another one in its place.
 *
 * @param session the SIP session that it is for; absent: the one for all that has no session named
 * @param peerUri the server; absent: the user's own
 * @throws InvalidValueException if the session has not 1 to 255 characters, or one of both has white space or control
 *     characters
 */
public record CekOrder(Optional<String> session, Optional<String> peerUri) implements RequestExtension {
    public CekOrder {
        session.ifPresent(CekChecks::session);
        peerUri.ifPresent(uri -> Checked.uri(uri, "Peer"));
    }
}
