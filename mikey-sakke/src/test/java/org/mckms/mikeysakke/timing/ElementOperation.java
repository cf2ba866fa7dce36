package org.mckms.mikeysakke.timing;

import java.util.function.Consumer;
import org.mckms.mikeysakke.field.OrderField;

/** An operation on one secret element of an {@link OrderField}, repeated where one alone is too short to time. */
final class ElementOperation implements TimedOperation {
    private final String name;
    private final OrderField field;
    private final Scalars scalars;
    private final int times;
    private final Consumer<long[]> operation;
    private final long[] secret;

    ElementOperation(String name, OrderField field, Scalars scalars, int times, Consumer<long[]> operation) {
        this.name = times == 1 ? name : name + ", " + times + " times";
        this.field = field;
        this.scalars = scalars;
        this.times = times;
        this.operation = operation;
        this.secret = field.newElement();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(InputClass inputs, int index) {
        field.decode(secret, scalars.get(inputs, index));
    }

    @Override
    public void run() {
        for (int i = 0; i < times; i++) {
            operation.accept(secret);
        }
    }
}
