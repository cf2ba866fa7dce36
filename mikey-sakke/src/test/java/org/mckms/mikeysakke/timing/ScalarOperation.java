package org.mckms.mikeysakke.timing;

import java.util.function.Consumer;

/** An operation on one secret scalar, which it finds in the same array each time. */
final class ScalarOperation implements TimedOperation {
    private final String name;
    private final Scalars scalars;
    private final byte[] secret;
    private final Consumer<byte[]> operation;

    ScalarOperation(String name, Scalars scalars, int octets, Consumer<byte[]> operation) {
        this.name = name;
        this.scalars = scalars;
        this.secret = new byte[octets];
        this.operation = operation;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare(InputClass inputs, int index) {
        System.arraycopy(scalars.get(inputs, index), 0, secret, 0, secret.length);
    }

    @Override
    public void run() {
        operation.accept(secret);
    }
}
