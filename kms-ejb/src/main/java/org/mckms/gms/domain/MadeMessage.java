package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * What came of making one member's message for one key: a message, or what it waits for.
 *
 * @param memberUri   of the receiver
 * @param message     the I_MESSAGE (TS 33.180 annex E.2); empty while it waits
 * @param gukId       what the I_MESSAGE has as CSB-ID
 * @param usableUntil end of the key period of the receiver in which it can be opened; while it waits, when to try again at
 *     the latest
 * @param waitingFor  URI of the KMS whose certificate is not known; empty once the message is made
 */
public record MadeMessage(
        String memberUri,
        Optional<Octets> message,
        KeyIdentifier gukId,
        Instant usableUntil,
        Optional<String> waitingFor) {

    public MadeMessage {
        requireNonNull(memberUri, "memberUri");
        requireNonNull(gukId, "gukId");
        requireNonNull(usableUntil, "usableUntil");
        if (message.isPresent() == waitingFor.isPresent()) {
            throw new InvalidValueException("a message is there or waits for a certificate, one of both");
        }
    }

    public static MadeMessage ready(String memberUri, Octets message, KeyIdentifier gukId, Instant usableUntil) {
        return new MadeMessage(memberUri, Optional.of(message), gukId, usableUntil, Optional.empty());
    }

    public static MadeMessage waiting(String memberUri, KeyIdentifier gukId, String kmsUri, Instant tryAgainBy) {
        return new MadeMessage(memberUri, Optional.empty(), gukId, tryAgainBy, Optional.of(kmsUri));
    }
}
