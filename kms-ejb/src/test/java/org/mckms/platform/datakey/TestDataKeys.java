package org.mckms.platform.datakey;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.mckms.platform.persistence.Transactions;

/** Data keys without token and database. */
public final class TestDataKeys {

    private TestDataKeys() {}

    /** Always active. */
    public static DataKeys inMemory() {
        return over(new MemoryWrapping());
    }

    /** Over a token that the test turns off and on. */
    public static DataKeys over(DataKeyWrapping wrapping) {
        return new TokenDataKeys(
                new DataKeyRing(
                        wrapping,
                        new MemoryStore(),
                        new NoTransactions(),
                        (table, id, finding) -> true,
                        new DataKeyRing.Identity("node1", "kms.example.org"),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        Duration.ofMinutes(10)),
                TokenDataKeys.MOST_SEALS);
    }

    private static final class MemoryStore implements DataKeyStore {
        private final Map<UUID, StoredDataKey> keys = new HashMap<>();

        @Override
        public synchronized void add(StoredDataKey key) {
            keys.put(key.id(), key);
        }

        @Override
        public synchronized Optional<StoredDataKey> find(UUID id) {
            return Optional.ofNullable(keys.get(id));
        }
    }

    /** Runs work as it is. */
    static final class NoTransactions implements Transactions {
        @Override
        public <T> T inNew(Supplier<T> work) {
            return work.get();
        }

        @Override
        public void flush() {
            // nothing is kept back
        }
    }
}
