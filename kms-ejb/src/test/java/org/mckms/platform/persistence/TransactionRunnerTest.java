package org.mckms.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** What the runner does around a piece of work; the transaction itself is the container's. */
class TransactionRunnerTest {

    private final TransactionRunner runner = new TransactionRunner();
    private final List<String> seen = new ArrayList<>();
    private final DataSource source = source("c");
    private int fetched;

    @BeforeEach
    void connect() {
        runner.dataSource = source;
        runner.entities = proxy(EntityManager.class, "entities");
        runner.lastWrites = new LastWrites() {
            @Override
            void write() {
                seen.add("last writes");
            }
        };
    }

    /** Notes every call but those of {@link Object}. */
    private <T> T proxy(Class<T> type, String name) {
        return type.cast(Proxy.newProxyInstance(
                TransactionRunnerTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    seen.add(name + " " + method.getName());
                    return null;
                }));
    }

    private DataSource source(String name) {
        return (DataSource) Proxy.newProxyInstance(
                TransactionRunnerTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    fetched++;
                    return proxy(Connection.class, name + fetched);
                });
    }

    private void commit(DataSource from) {
        SqlWork.on(from, connection -> {
            connection.commit();
            return true;
        });
    }

    private <T> T inNew(Supplier<T> work) {
        return runner.inNew(work);
    }

    @Test
    void fetchesOneConnectionForAllStatementsAndGivesItBack() {
        String result = inNew(() -> {
            commit(source);
            commit(source);
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(seen).containsExactly("c1 commit", "c1 commit", "last writes", "entities flush", "c1 close");
    }

    @Test
    void fetchesNoneWithoutAStatement() {
        inNew(() -> "done");

        assertThat(seen).containsExactly("last writes", "entities flush");
    }

    @Test
    void aTransactionInsideOfAnotherHasItsOwn() {
        inNew(() -> {
            commit(source);
            inNew(() -> {
                commit(source);
                return true;
            });
            commit(source);
            return true;
        });

        assertThat(seen)
                .filteredOn(call -> call.startsWith("c"))
                .containsExactly("c1 commit", "c2 commit", "c2 close", "c1 commit", "c1 close");
    }

    @Test
    void anotherDatabaseHasItsOwn() {
        DataSource other = source("other");
        inNew(() -> {
            commit(source);
            commit(other);
            commit(source);
            return true;
        });

        assertThat(seen)
                .filteredOn(call -> call.contains("o") && !call.startsWith("last"))
                .containsExactly("c1 commit", "other2 commit", "other2 close", "c1 commit", "c1 close");
    }

    @Test
    void outsideOfTransactionsEachStatementHasItsOwn() {
        commit(source);
        commit(source);

        assertThat(seen).containsExactly("c1 commit", "c1 close", "c2 commit", "c2 close");
    }

    @Test
    void workThatFailsGivesItBackAndWritesNothing() {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> inNew(() -> {
                    commit(source);
                    throw new KmsException(KmsErrorCode.NOT_FOUND, "nothing");
                }))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_FOUND));

        assertThat(seen).containsExactly("c1 commit", "c1 close");
        commit(source);
        assertThat(seen).endsWith("c2 commit", "c2 close");
    }

    @Test
    void withoutItsAuditRecordItDropsTheConnection() {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> inNew(() -> {
                    commit(source);
                    throw new KmsException(KmsErrorCode.AUDIT_UNAVAILABLE, "the database is slow");
                }));

        assertThat(seen).contains("c2 abort").endsWith("c1 close");
    }
}
