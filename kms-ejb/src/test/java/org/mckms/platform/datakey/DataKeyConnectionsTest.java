package org.mckms.platform.datakey;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.JdbcTransactions;
import org.mckms.platform.persistence.TestDatabase;

/** Whoever holds the connection of its transaction needs no second one for data keys. */
class DataKeyConnectionsTest {
    private static final int CONNECTIONS = 3;
    private static final byte[] ROW = {1};

    private final TestDatabase database = TestDatabase.migrated();
    private final Semaphore free = new Semaphore(CONNECTIONS);
    private final JdbcTransactions transactions = new JdbcTransactions(pool());
    private final MemoryWrapping token = new MemoryWrapping();
    private final ManualTime time = new ManualTime();
    private final TokenDataKeys keys = new TokenDataKeys(
            new DataKeyRing(
                    token,
                    new JdbcDataKeyStore(transactions.dataSource()),
                    transactions,
                    (table, id, finding) -> true,
                    new DataKeyRing.Identity("node1", "kms.example.org"),
                    time,
                    new SecureRandom(),
                    TokenDataKeys.IDLE),
            TokenDataKeys.MOST_SEALS);

    @AfterEach
    void close() {
        database.close();
    }

    /** A pool that gives out few connections, and none to who would wait for one. */
    private DataSource pool() {
        return proxy(DataSource.class, database.dataSource(), "getConnection", real -> {
            if (!free.tryAcquire()) {
                throw new IllegalStateException("no connection is free");
            }
            Connection connection = ((DataSource) real).getConnection();
            return proxy(Connection.class, connection, "close", held -> {
                ((Connection) held).close();
                free.release();
                return null;
            });
        });
    }

    private interface Act {
        Object on(Object real) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T real, String method, Act act) {
        return type.cast(Proxy.newProxyInstance(
                DataKeyConnectionsTest.class.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    try {
                        return called.getName().equals(method) && (arguments == null || arguments.length == 0)
                                ? act.on(real)
                                : called.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** As the transactions of the server begin. */
    private <T> T transaction(Supplier<T> work) {
        keys.prepare();
        return transactions.inNew(work);
    }

    @Test
    void manyWhoComeAtOnceToAServerThatJustStartedAllGetTheKey() throws Exception {
        CyclicBarrier start = new CyclicBarrier(CONNECTIONS);
        ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            Callable<SealedData> caller = () -> {
                start.await(10, TimeUnit.SECONDS);
                return transaction(() -> keys.seal(ROW, ROW));
            };
            List<Future<SealedData>> sealed = callers.invokeAll(
                    IntStream.range(0, CONNECTIONS).mapToObj(i -> caller).toList());
            for (Future<SealedData> each : sealed) {
                assertThat(each.get(10, TimeUnit.SECONDS)).isNotNull();
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(token.wraps()).isEqualTo(1);
        assertThat(free.availablePermits()).isEqualTo(CONNECTIONS);
    }

    @Test
    void aKeyThatWasForgottenIsReadThroughTheConnectionThatIsHeld() {
        Octets mac = transaction(() -> keys.mac(ROW));
        token.deactivate();
        token.activate();
        keys.prepare();
        free.acquireUninterruptibly(CONNECTIONS - 1);

        assertThat(transactions.inNew(() -> keys.macMatches(ROW, mac))).isTrue();
    }

    @Test
    void anHourThatEndsWithinATransactionIsWaitedForByTheNext() {
        SealedData first = transaction(() -> keys.seal(ROW, ROW));
        free.acquireUninterruptibly(CONNECTIONS - 1);

        SealedData second = transaction(() -> {
            time.pass(Duration.ofHours(1));
            return keys.seal(ROW, ROW);
        });
        SealedData third = transaction(() -> keys.seal(ROW, ROW));

        assertThat(second.keyId()).isEqualTo(first.keyId());
        assertThat(third.keyId()).isNotEqualTo(first.keyId());
    }

    @Test
    void aTokenThatDoesNotAnswerHoldsNobodyUp() {
        token.deactivate();

        keys.prepare();

        assertThat(keys.held()).isZero();
        assertThat(token.wraps()).isZero();
        token.activate();
        keys.prepare();
        assertThat(keys.held()).isEqualTo(1);
    }
}
