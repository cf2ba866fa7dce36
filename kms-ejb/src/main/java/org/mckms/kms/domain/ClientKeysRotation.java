package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/**
 * What a request of a device does to its keys. New ones go with every answer, unchanged, until a request names one of
 * them: then they are the active ones and the old ones are erased. So neither a lost answer nor a lost request locks a
 * device out, and there are never more than two generations. The row is written only where something changes; requests of
 * one device that come at once agree by its lock.
 */
public final class ClientKeysRotation {

    /** How exactly the last use of a device is known. */
    private static final Duration USE_NOTED = Duration.ofHours(1);

    private final ClientKeysRegister register;
    private final Optional<Duration> rotateAfter;
    private final SecureRandom random;

    /** @param rotateAfter age of active keys at which they are replaced; empty: only by order */
    public ClientKeysRotation(ClientKeysRegister register, Optional<Duration> rotateAfter, SecureRandom random) {
        this.register = requireNonNull(register, "register");
        this.rotateAfter = requireNonNull(rotateAfter, "rotateAfter");
        this.random = requireNonNull(random, "random");
    }

    /**
     * Takes note of a request. Inside a transaction of the caller.
     *
     * @param keys      of the device; closed, or part of the result
     * @param signedBy  name of the key whose MAC was right; empty for a client that cannot sign
     * @param mayRotate whether the answer can carry new keys
     * @throws KmsException {@code REGISTRATION_EXPIRED} if the keys came too late; {@code SIGNATURE_REQUIRED} if another
     *     request has just made this one's key an old one
     */
    public ClientKeysUse used(OpenedClientKeys keys, Optional<String> signedBy, boolean mayRotate, Instant now) {
        boolean done = false;
        try {
            ClientKeysUse use = isDue(keys.record(), signedBy, mayRotate, now)
                    ? changed(keys.record(), signedBy, mayRotate, now)
                    : unchanged(keys, now);
            done = use.keys() == keys;
            return use;
        } finally {
            if (!done) {
                keys.close();
            }
        }
    }

    private boolean isDue(ClientKeysRecord record, Optional<String> signedBy, boolean mayRotate, Instant now) {
        return record.state() == ClientKeysState.REGISTERED
                || signedBy.filter(record.pendingNames()::contains).isPresent()
                || mayRotate && begins(record, now);
    }

    private boolean begins(ClientKeysRecord record, Instant now) {
        boolean old = rotateAfter
                .map(age -> !now.isBefore(record.rotatedAt().plus(age)))
                .orElse(false);
        return !record.isRotating() && (record.rotationOrdered() || old);
    }

    private ClientKeysUse unchanged(OpenedClientKeys keys, Instant now) {
        ClientKeysRecord record = keys.record();
        if (record.lastUsed().filter(last -> last.plus(USE_NOTED).isAfter(now)).isEmpty()) {
            register.touch(record.id(), now);
        }
        return new ClientKeysUse(keys, List.of());
    }

    /** Decides anew by the row as it is under its lock. */
    private ClientKeysUse changed(ClientKeysRecord seen, Optional<String> signedBy, boolean mayRotate, Instant now) {
        OpenedClientKeys held = register.lock(seen.id());
        OpenedClientKeys result = held;
        boolean done = false;
        try {
            List<AuditEvent> events = new ArrayList<>();
            checkStillValid(held, seen, signedBy, now);
            ClientKeysChange change = ClientKeysChange.of(held.record()).usedAt(now);
            if (held.record().state() == ClientKeysState.REGISTERED) {
                change.activated();
                events.add(AuditEvent.CLIENT_KEYS_ACTIVATED);
            }
            if (signedBy.filter(held.record().pendingNames()::contains).isPresent()) {
                result = write(change.rotated(now), held.pending().orElseThrow(), Optional.empty());
                events.add(AuditEvent.CLIENT_KEYS_ROTATED);
            } else if (mayRotate && begins(held.record(), now)) {
                result = begun(change, held);
                events.add(AuditEvent.CLIENT_KEYS_ROTATION_STARTED);
            } else if (!events.isEmpty()) {
                result = write(change, held.active(), held.pending());
            }
            done = true;
            return new ClientKeysUse(result, events);
        } finally {
            if (!done || result != held) {
                held.close();
            }
        }
    }

    /** Between the first look at the row and its lock another request, or an operator, may have changed it. */
    private static void checkStillValid(
            OpenedClientKeys held, ClientKeysRecord seen, Optional<String> signedBy, Instant now) {
        boolean sameRegistration = held.record().registeredAt().equals(seen.registeredAt());
        if (!sameRegistration
                || signedBy.isPresent() && held.signingKey(signedBy.get()).isEmpty()) {
            throw new KmsException(
                    KmsErrorCode.SIGNATURE_REQUIRED, "the key of this signature was replaced at the same time");
        }
        if (held.record().isExpired(now)) {
            throw new KmsException(
                    KmsErrorCode.REGISTRATION_EXPIRED, "the registered keys of this device were not used in time");
        }
    }

    private OpenedClientKeys begun(ClientKeysChange change, OpenedClientKeys held) {
        ClientKeyNames names = register.nextNames(held.record().id().ownerUri());
        try (ClientKeys fresh = fresh(names, held.active().integrityKey().isPresent())) {
            List<String> pending = held.active().integrityKey().isPresent()
                    ? List.of(names.transport(), names.integrity())
                    : List.of(names.transport());
            return write(change.rotating(names.number(), pending), held.active(), Optional.of(fresh));
        }
    }

    /** Makes keys as {@link ClientKeysRegister#register} takes them; the caller closes them. */
    public ClientKeys fresh(ClientKeyNames names, boolean withIntegrityKey) {
        NamedKey transport = key(names.transport());
        return new ClientKeys(transport, withIntegrityKey ? Optional.of(key(names.integrity())) : Optional.empty());
    }

    private NamedKey key(String name) {
        byte[] octets = new byte[ClientKeysBlob.KEY_OCTETS];
        random.nextBytes(octets);
        return NamedKey.takeFrom(name, octets);
    }

    private OpenedClientKeys write(ClientKeysChange change, ClientKeys active, Optional<ClientKeys> pending) {
        ClientKeysRecord record = register.write(change, active, pending);
        return new OpenedClientKeys(record, active.copy(), pending.map(ClientKeys::copy));
    }
}
