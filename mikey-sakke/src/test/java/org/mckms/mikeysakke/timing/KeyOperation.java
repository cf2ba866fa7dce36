package org.mckms.mikeysakke.timing;

import java.util.Map;
import java.util.function.Consumer;

/** An operation with a prepared key, of which a fixed class has as many copies as a random class has keys. */
final class KeyOperation<K> implements TimedOperation {
    private final String name;
    private final Map<InputClass, K[]> keys;
    private final Consumer<K> operation;
    private K key;

    KeyOperation(String name, Map<InputClass, K[]> keys, Consumer<K> operation) {
        this.name = name;
        this.keys = keys;
        this.operation = operation;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(InputClass inputs, int index) {
        K[] all = keys.get(inputs);
        key = all[index % all.length];
    }

    @Override
    public void run() {
        operation.accept(key);
    }
}
