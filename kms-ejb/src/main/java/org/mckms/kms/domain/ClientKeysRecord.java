package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * What anybody may know of the keys of one device. Names come in the order TrK, InK; without an InK (TS 33.179) the TrK
 * signs.
 *
 * @param revision        counts changes, from 1; the time of last use is none
 * @param number          the newest number that names of its keys hold; unique among the devices of an identity
 * @param usableUntil     registered keys that are not used until then are void; empty: no limit
 * @param registeredAt    last registration out of band
 * @param lastUsed        last use, noted at most once an hour; nothing is decided by it
 * @param rotatedAt       since when the active keys are the active ones
 * @param rotationOrdered whether an operator wants new keys with the next answer
 * @param activeNames     one or two names; none if revoked
 * @param pendingNames    names of new keys that the device was sent and has not used yet; none or as many as active ones
 * @param keyLabel        the token's key that sealed the keys
 */
public record ClientKeysRecord(
        ClientKeysId id,
        ClientKeysState state,
        long revision,
        int number,
        Optional<Instant> usableUntil,
        Instant registeredAt,
        Optional<Instant> lastUsed,
        Instant rotatedAt,
        boolean rotationOrdered,
        List<String> activeNames,
        List<String> pendingNames,
        String keyLabel) {

    public ClientKeysRecord {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        requireNonNull(usableUntil, "usableUntil");
        requireNonNull(registeredAt, "registeredAt");
        requireNonNull(lastUsed, "lastUsed");
        requireNonNull(rotatedAt, "rotatedAt");
        requireNonNull(keyLabel, "keyLabel");
        activeNames = List.copyOf(activeNames);
        pendingNames = List.copyOf(pendingNames);
        if (revision < 1 || number < 1) {
            throw new InvalidValueException("revision or number of client keys out of range");
        }
        if (activeNames.size() > 2 || activeNames.isEmpty() != (state == ClientKeysState.REVOKED)) {
            throw new InvalidValueException("client keys are a TrK and at most one InK, and none once revoked");
        }
        if (!pendingNames.isEmpty() && pendingNames.size() != activeNames.size()) {
            throw new InvalidValueException("new client keys are as many as the old ones");
        }
    }

    /** Whether new keys are on their way. */
    public boolean isRotating() {
        return !pendingNames.isEmpty();
    }

    /** Whether a message of the device may name this key. */
    public boolean names(String keyName) {
        return activeNames.contains(keyName) || pendingNames.contains(keyName);
    }

    /** Whether they were registered, never used, and are void by now. */
    public boolean isExpired(Instant now) {
        return state == ClientKeysState.REGISTERED
                && usableUntil.filter(until -> !now.isBefore(until)).isPresent();
    }
}
