package org.mckms.client.csk;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;

/**
 * What is public of a key between a client and its server.
 *
 * @param purpose CSK or MUSIK
 * @param rand of the message that brought it, an input to session keys
 * @param until when it is forgotten; empty while nothing has replaced it and it does not expire
 * @param message what brought it
 */
public record ServerKeyDetails(
        KeyPurpose purpose,
        KeyIdentifier keyId,
        Octets rand,
        CskBinding binding,
        Optional<Instant> until,
        Origin message) {
    /**
     * The last message about a key.
     *
     * @param senderUri who sent it
     * @param time its timestamp; of one sender it only goes upward
     * @param digest its name
     */
    public record Origin(String senderUri, Instant time, Octets digest) {}

    public ServerKeyDetails {
        if (purpose != KeyPurpose.CSK && purpose != KeyPurpose.MUSIK || keyId.purposeTag() != purpose.tag()) {
            throw new IllegalArgumentException(keyId + " is no key between a client and its server");
        }
        Objects.requireNonNull(rand, "rand");
        Objects.requireNonNull(binding, "binding");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(message, "message");
    }

    boolean isOver(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isPresent();
    }

    /** The same, forgotten at this time at the latest. */
    ServerKeyDetails endingAt(Instant end) {
        Instant earlier = until.filter(end::isAfter).orElse(end);
        return new ServerKeyDetails(purpose, keyId, rand, binding, Optional.of(earlier), message);
    }
}
