package org.mckms.mikeysakke.mikey;

import java.util.List;

/**
 * Which of its forms a message takes (TS 33.180 clauses E.1.2 to E.7).
 *
 * @param sessions one entry of a GENERIC-ID map each, with a security policy; empty for the default policy of the key
 * @param hidingIdentities whether initiator and responder appear as UIDs (clause E.7)
 * @param toSelf whether the key is encapsulated to the initiator too (clause E.5), for its other devices
 */
public record MessageProfile(List<CryptoSessionId> sessions, boolean hidingIdentities, boolean toSelf) {
    /** No crypto sessions, URIs in clear: the default security policy of the key, which every receiver supports. */
    public static final MessageProfile DEFAULT = new MessageProfile(List.of(), false, false);

    /** Copies the list. */
    public MessageProfile {
        sessions = List.copyOf(sessions);
    }

    /** With a GENERIC-ID map of these crypto sessions and the security policy that belongs to them. */
    public static MessageProfile withSessions(CryptoSessionId... sessions) {
        return new MessageProfile(List.of(sessions), false, false);
    }

    /** The same with identities hidden. */
    public MessageProfile hidingIdentity() {
        return new MessageProfile(sessions, true, toSelf);
    }

    /** The same with SAKKE-to-self. */
    public MessageProfile encapsulatingToSelf() {
        return new MessageProfile(sessions, hidingIdentities, true);
    }
}
