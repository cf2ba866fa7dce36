package org.mckms.client.cek;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekStatus;

/**
 * What is known of a content encryption key besides the key.
 *
 * @param keyId 16 octets
 * @param revision of this state of the key, from 1; of one key, later ones replace earlier ones
 * @param otherEnd at a client the URI of the server, at a server the MC service ID of the user
 * @param session the only SIP session that it is for; empty: for all that have no key of their own
 * @param status as the KMS gave it
 * @param validFrom first second in which it may be used
 * @param validTo last second in which it may be used; empty: until it is ended
 * @param refreshAfter time after which the KMS is to be asked again
 * @param refreshAfterMessages number of messages after which the KMS is to be asked again
 */
public record CekDetails(
        Octets keyId,
        long revision,
        String otherEnd,
        Optional<String> session,
        CekStatus status,
        Instant validFrom,
        Optional<Instant> validTo,
        Optional<Instant> refreshAfter,
        OptionalLong refreshAfterMessages) {
    /** How far the clocks of KMS and holder may be apart; a new key is valid from the time that the KMS has. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(60);

    public CekDetails {
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(otherEnd, "otherEnd");
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(validFrom, "validFrom");
        Objects.requireNonNull(validTo, "validTo");
        Objects.requireNonNull(refreshAfter, "refreshAfter");
        Objects.requireNonNull(refreshAfterMessages, "refreshAfterMessages");
    }

    static CekDetails of(Cek cek, CekOwner owner) {
        return new CekDetails(
                cek.keyId(),
                cek.revision(),
                owner.otherEnd(cek),
                cek.session(),
                cek.status(),
                cek.validFrom(),
                cek.validTo(),
                cek.refreshAfter(),
                cek.refreshAfterMessages());
    }

    /** Whether the life of the key is over. */
    public boolean isOverAt(Instant time) {
        return validTo.isPresent() && !time.isBefore(validTo.get().plusSeconds(1));
    }

    /** Whether the key may be used at a time. */
    boolean isUsableAt(Instant time) {
        return !time.isBefore(validFrom.minus(CLOCK_DIFFERENCE)) && !isOverAt(time);
    }

    /** Whether a state of the same key is later than this one: by its revision, or within one by its status. */
    boolean isBefore(Cek cek) {
        return revision < cek.revision() || revision == cek.revision() && status.compareTo(cek.status()) < 0;
    }

    /** Whether the key was made for just this: for the session named, or for all if none is. */
    boolean isOf(CekScope scope) {
        return otherEnd.equals(scope.otherEnd()) && session.equals(scope.session());
    }

    /** Whether both are for the same other end and session; of one Key ID that never changes. */
    boolean hasScopeOf(CekDetails other) {
        return isOf(new CekScope(other.otherEnd, other.session));
    }
}
