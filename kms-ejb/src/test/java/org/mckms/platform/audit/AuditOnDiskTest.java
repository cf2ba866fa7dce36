package org.mckms.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;

class AuditOnDiskTest {

    private final TestDatabase database = TestDatabase.migrated();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aGroupOfRecordsIsForcedToTheDiskAfterItsCommit() throws SQLException {
        try (JdbcAuditStore store = store("H2")) {
            begin(store);
            assertThat(calls).containsExactly("commit", "CHECKPOINT SYNC");
        }
    }

    @Test
    void readingForcesNothing() throws SQLException {
        try (JdbcAuditStore store = store("H2")) {
            assertThat(store.find("n1-a")).isEmpty();
            assertThat(calls).containsExactly("commit");
        }
    }

    @Test
    void otherDatabasesForceTheirCommitsThemselves() throws SQLException {
        try (JdbcAuditStore store = store("PostgreSQL")) {
            begin(store);
            assertThat(calls).containsExactly("commit");
        }
    }

    private JdbcAuditStore store(String product) {
        DataSource watched = watched(product);
        return new JdbcAuditStore(watched, new CommitWriter(watched));
    }

    private static void begin(JdbcAuditStore store) throws SQLException {
        AuditRecord first = AuditRecord.first(
                "n1-a",
                AuditNote.of(AuditEvent.CHAIN_OPENED, AuditNote.OK, AuditNote.SYSTEM, "n1-a")
                        .entry(Instant.EPOCH, "n1"));
        store.begin(
                new StoredChain("n1-a", "n1", StoredChain.State.OPEN, first.head()),
                Instant.EPOCH,
                List.of(first),
                List.of());
    }

    /** The test database under another name; keeps commits and statements without parameters. */
    private DataSource watched(String product) {
        return proxy(DataSource.class, database.dataSource(), product);
    }

    private <T> T proxy(Class<T> type, Object target, String product) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        calls.add("commit");
                    } else if (method.getName().equals("execute") && arguments != null) {
                        calls.add((String) arguments[0]);
                    } else if (method.getName().equals("getDatabaseProductName")) {
                        return product;
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        Class<?> returned = method.getReturnType();
                        boolean watched = returned == Connection.class
                                || returned == Statement.class
                                || returned == DatabaseMetaData.class;
                        return watched ? proxy(returned, result, product) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
