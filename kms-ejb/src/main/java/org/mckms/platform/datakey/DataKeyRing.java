package org.mckms.platform.datakey;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.Transactions;
import org.mckms.platform.row.TamperAlarm;
import org.mckms.protocol.error.KmsException;

/** Draws data keys and finds those that were drawn before, here or on another node. Thread safe. */
final class DataKeyRing {

    private static final int DRAWS = 3;

    private final DataKeyWrapping wrapping;
    private final DataKeyStore store;
    private final Transactions transactions;
    private final TamperAlarm alarm;
    private final Identity identity;
    private final Clock clock;
    private final SecureRandom random;
    private final UnwrappedKeys unwrapped;

    /**
     * Whose keys these are.
     *
     * @param node   this node
     * @param kmsUri enters what is authenticated with each key
     */
    record Identity(String node, String kmsUri) {}

    /** A data key that seals from now on. */
    record Drawn(UUID id, long activation, Instant at) {}

    DataKeyRing(
            DataKeyWrapping wrapping,
            DataKeyStore store,
            Transactions transactions,
            TamperAlarm alarm,
            Identity identity,
            Clock clock,
            SecureRandom random,
            Duration idle) {
        this.wrapping = requireNonNull(wrapping, "wrapping");
        this.store = requireNonNull(store, "store");
        this.transactions = requireNonNull(transactions, "transactions");
        this.alarm = requireNonNull(alarm, "alarm");
        this.identity = requireNonNull(identity, "identity");
        this.clock = requireNonNull(clock, "clock");
        this.random = requireNonNull(random, "random");
        this.unwrapped = new UnwrappedKeys(idle);
        wrapping.whenEnded(unwrapped::end);
    }

    /** Makes a key and commits it in a transaction of its own, so that whatever names it later finds it. */
    Drawn draw() {
        long activation = wrapping.activation();
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] clear = new byte[DataKey.OCTETS];
        random.nextBytes(clear);
        try {
            store(id, now, clear);
            keep(activation, id, clear).close();
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
        return new Drawn(id, activation, now);
    }

    /** Two nodes that use a token key for the first time at once count it in each other's way; then it is tried again. */
    private void store(UUID id, Instant now, byte[] clear) {
        byte[] context = StoredDataKey.context(identity.kmsUri(), id, identity.node(), now);
        for (int attempt = 1; ; attempt++) {
            try {
                transactions.runInNew(
                        () -> store.add(new StoredDataKey(id, identity.node(), now, wrapping.wrap(clear, context))));
                return;
            } catch (ConcurrentChangeException e) {
                if (attempt == DRAWS) {
                    throw e;
                }
            }
        }
    }

    /**
     * A key for one use, which the caller closes.
     *
     * @return empty if there is no such key, or its row was altered, of which the alarm is told
     */
    Optional<DataKey> find(UUID id) {
        long activation = wrapping.activation();
        Optional<DataKey> here = unwrapped.lend(activation, id, clock.instant());
        return here.isPresent()
                ? here
                : transactions.inPresentOrNew(() -> store.find(id)).flatMap(stored -> unwrap(activation, stored));
    }

    private Optional<DataKey> unwrap(long activation, StoredDataKey stored) {
        Optional<byte[]> clear = wrapping.unwrap(stored.key(), stored.context(identity.kmsUri()));
        if (clear.isEmpty()) {
            alarm.rowTampered("data-key", stored.id().toString(), "the token does not unwrap it");
            return Optional.empty();
        }
        try {
            return Optional.of(keep(activation, stored.id(), clear.get()));
        } finally {
            Arrays.fill(clear.get(), (byte) 0);
        }
    }

    private DataKey keep(long activation, UUID id, byte[] clear) {
        DataKey key = DataKey.derive(id, clear);
        unwrapped.keep(activation, key, clock.instant());
        return key;
    }

    /** Whether a key can be drawn now, as far as is known without asking the token. */
    boolean isActive() {
        try {
            wrapping.activation();
            return true;
        } catch (KmsException e) {
            return false;
        }
    }

    /** Whether the caller may hold a connection already. */
    boolean isInTransaction() {
        return transactions.isUnderWay();
    }

    /** Whether a key was drawn in the activation that is in use. */
    boolean isOfThisActivation(Drawn drawn) {
        return drawn.activation() == wrapping.activation();
    }

    Instant now() {
        return clock.instant();
    }

    /** Wipes the keys that nobody has asked for of late. */
    void forgetIdle() {
        unwrapped.forgetIdle(clock.instant());
    }

    /** Keys in memory. */
    int held() {
        return unwrapped.size();
    }

    /** For the IVs too. */
    SecureRandom random() {
        return random;
    }

    /** Tells of octets that a data key does not open, and how. */
    void altered(UUID id, String finding) {
        alarm.rowTampered("sealed-data", id.toString(), finding);
    }
}
