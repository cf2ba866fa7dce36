package org.mckms.mikeysakke.timing;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mckms.mikeysakke.core.LineTable;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SenderTable;

/** The operations of a {@link SakkeCore} in batches, of which one element is the secret of the class and the others stay the same. */
final class SakkeOperations {
    private static final int OCTETS = 128;
    private static final int KEYS = 64;
    private static final int LINE_TABLES = 8;
    private static final Scalars SCALARS = new Scalars(Scalars.SAKKE_Q, OCTETS);

    private final SakkeCore core;
    private final int batch;
    private final byte[] point;

    /** @param batch elements in a batch */
    SakkeOperations(SakkeCore core, int batch) {
        this.core = core;
        this.batch = batch;
        this.point = core.multiplyGenerator(new byte[][] {SCALARS.get(InputClass.RANDOM, 3)})[0];
    }

    Stream<TimedOperation> all() {
        SenderTable table = core.senderTable(point);
        return Stream.of(extraction(), encapsulation(table), check(table), tablePairing(), pairing());
    }

    private TimedOperation extraction() {
        byte[][] k = otherScalars();
        return scalarOperation("RSK = [k]P, by k", k, () -> core.multiplyGenerator(k));
    }

    private TimedOperation encapsulation(SenderTable table) {
        byte[][] r = otherScalars();
        return scalarOperation("[rb]P + [r]Z and g^r, by r", r, () -> core.encapsulate(table, r, r));
    }

    private TimedOperation check(SenderTable table) {
        byte[][] r = otherScalars();
        return scalarOperation("[rb]P + [r]Z = R, by r", r, () -> core.isSum(table, r, r, points()));
    }

    private TimedOperation pairing() {
        byte[][] keys = core.multiplyGenerator(otherScalars());
        return new KeyOperation<>(named("pairing with R, by RSK"), keys(KEYS), key -> {
            keys[batch / 2] = key;
            core.pair(keys, points());
        });
    }

    private TimedOperation tablePairing() {
        Map<InputClass, LineTable[]> tables = new EnumMap<>(InputClass.class);
        keys(LINE_TABLES)
                .forEach((inputs, keys) -> tables.put(
                        inputs, Arrays.stream(keys).map(core::lineTable).toArray(LineTable[]::new)));
        return new KeyOperation<>(
                named("pairing with R by line table, by RSK"), tables, table -> core.pair(table, points()));
    }

    private TimedOperation scalarOperation(String name, byte[][] scalars, Runnable operation) {
        Consumer<byte[]> withSecret = secret -> {
            scalars[batch / 2] = secret;
            operation.run();
        };
        return new ScalarOperation(named(name), SCALARS, OCTETS, withSecret);
    }

    private byte[][] otherScalars() {
        byte[][] scalars = new byte[batch][];
        Arrays.setAll(scalars, i -> SCALARS.get(InputClass.RANDOM, 8 + i));
        return scalars;
    }

    private byte[][] points() {
        byte[][] points = new byte[batch][];
        Arrays.fill(points, point);
        return points;
    }

    private String named(String operation) {
        return batch == 1 ? operation : operation + ", one of " + batch;
    }

    /** Receiver secret keys: random points, P and -P. */
    private Map<InputClass, byte[][]> keys(int each) {
        Map<InputClass, byte[][]> keys = new EnumMap<>(InputClass.class);
        for (InputClass inputs : InputClass.values()) {
            byte[][] scalars = new byte[each][];
            Arrays.setAll(scalars, i -> SCALARS.get(inputs, i));
            keys.put(inputs, core.multiplyGenerator(scalars));
        }
        return keys;
    }
}
