package org.mckms.kms.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The next revision of a record in the making. */
final class ClientKeysChange {

    private final ClientKeysRecord before;
    private ClientKeysState state;
    private int number;
    private Optional<Instant> usableUntil;
    private Optional<Instant> lastUsed;
    private Instant rotatedAt;
    private boolean rotationOrdered;
    private List<String> activeNames;
    private List<String> pendingNames;

    private ClientKeysChange(ClientKeysRecord before) {
        this.before = before;
        state = before.state();
        number = before.number();
        usableUntil = before.usableUntil();
        lastUsed = before.lastUsed();
        rotatedAt = before.rotatedAt();
        rotationOrdered = before.rotationOrdered();
        activeNames = before.activeNames();
        pendingNames = before.pendingNames();
    }

    static ClientKeysChange of(ClientKeysRecord before) {
        return new ClientKeysChange(before);
    }

    ClientKeysChange ordered() {
        rotationOrdered = true;
        return this;
    }

    ClientKeysChange usedAt(Instant now) {
        lastUsed = Optional.of(now);
        return this;
    }

    /** Registered keys were used in time. */
    ClientKeysChange activated() {
        state = ClientKeysState.ACTIVE;
        usableUntil = Optional.empty();
        return this;
    }

    /** The pending keys are the active ones now. */
    ClientKeysChange rotated(Instant now) {
        activeNames = pendingNames;
        pendingNames = List.of();
        rotatedAt = now;
        return this;
    }

    /** New keys are on their way. */
    ClientKeysChange rotating(int newNumber, List<String> names) {
        number = newNumber;
        pendingNames = names;
        rotationOrdered = false;
        return this;
    }

    ClientKeysRecord sealedUnder(String keyLabel) {
        return new ClientKeysRecord(
                before.id(),
                state,
                before.revision() + 1,
                number,
                usableUntil,
                before.registeredAt(),
                lastUsed,
                rotatedAt,
                rotationOrdered,
                activeNames,
                pendingNames,
                keyLabel);
    }
}
