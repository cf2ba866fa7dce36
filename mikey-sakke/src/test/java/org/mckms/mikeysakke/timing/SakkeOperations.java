package org.mckms.mikeysakke.timing;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.mckms.mikeysakke.core.LineTable;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.SenderTable;

/** The operations of a {@link SakkeCore} on secrets. */
final class SakkeOperations {
    private static final int OCTETS = 128;
    private static final Scalars SCALARS = new Scalars(Scalars.SAKKE_Q, OCTETS);

    private final SakkeCore core;

    SakkeOperations(SakkeCore core) {
        this.core = core;
    }

    Stream<TimedOperation> all() {
        byte[] point = core.multiplyGenerator(new byte[][] {SCALARS.get(InputClass.RANDOM, 3)})[0];
        SenderTable table = core.senderTable(point);
        return Stream.of(extraction(), encapsulation(table), check(table, point), tablePairing(point), pairing(point));
    }

    private TimedOperation extraction() {
        return operation("RSK = [k]P, by k", k -> core.multiplyGenerator(new byte[][] {k}));
    }

    private TimedOperation encapsulation(SenderTable table) {
        return operation(
                "[rb]P + [r]Z and g^r, by r", r -> core.encapsulate(table, new byte[][] {r}, new byte[][] {r}));
    }

    private TimedOperation check(SenderTable table, byte[] point) {
        return operation(
                "[rb]P + [r]Z = R, by r",
                r -> core.isSum(table, new byte[][] {r}, new byte[][] {r}, new byte[][] {point}));
    }

    private TimedOperation operation(String name, Consumer<byte[]> operation) {
        return new ScalarOperation(name, SCALARS, OCTETS, operation);
    }

    private TimedOperation pairing(byte[] point) {
        return new KeyOperation<>(
                "pairing with R, by RSK", keys(64), key -> core.pair(new byte[][] {key}, new byte[][] {point}));
    }

    private TimedOperation tablePairing(byte[] point) {
        Map<InputClass, LineTable[]> tables = new EnumMap<>(InputClass.class);
        keys(8).forEach((inputs, keys) ->
                tables.put(inputs, Arrays.stream(keys).map(core::lineTable).toArray(LineTable[]::new)));
        return new KeyOperation<>(
                "pairing with R by line table, by RSK", tables, key -> core.pair(key, new byte[][] {point}));
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
