package org.mckms.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LastWritesTest {

    private final LastWrites writes = new LastWrites();
    private final List<String> done = new ArrayList<>();

    /** What belongs to the running transaction. */
    private Map<Object, Object> resources = new HashMap<>();

    @BeforeEach
    void connect() {
        writes.present = (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                LastWritesTest.class.getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getResource" -> resources.get(arguments[0]);
                    case "putResource" -> resources.put(arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void areMadeInTheirOrderWhenTheyAreAskedFor() {
        writes.run(() -> done.add("first"));
        writes.run(() -> done.add("second"));
        assertThat(done).isEmpty();

        writes.write();

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void belongToTheirTransaction() {
        writes.run(() -> done.add("outer"));
        Map<Object, Object> outer = resources;
        resources = new HashMap<>();
        writes.run(() -> done.add("inner"));
        writes.write();
        assertThat(done).containsExactly("inner");

        resources = outer;
        writes.write();
        assertThat(done).containsExactly("inner", "outer");
    }

    @Test
    void ofATransactionWithoutAnyNothingIsWritten() {
        writes.write();

        assertThat(resources).isEmpty();
    }

    @Test
    void oneThatFailsEndsThem() {
        writes.run(() -> {
            throw new IllegalStateException("no");
        });
        writes.run(() -> done.add("behind"));

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(writes::write);
        assertThat(done).isEmpty();
    }
}
