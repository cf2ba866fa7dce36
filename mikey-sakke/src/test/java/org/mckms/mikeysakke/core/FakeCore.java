package org.mckms.mikeysakke.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;

/** A core whose results are made of hashes, so that equal ones agree, and whose time is that of a clock it moves itself. */
class FakeCore implements SakkeCore {
    private final String name;
    private final AtomicLong clock;
    private final long nanosPerItem;

    FakeCore(String name, AtomicLong clock, long nanosPerItem) {
        this.name = name;
        this.clock = clock;
        this.nanosPerItem = nanosPerItem;
    }

    /** The result of an operation for one item; to be overridden by cores that are wrong. */
    byte[] result(String operation, byte[]... inputs) {
        clock.addAndGet(nanosPerItem);
        Octets[] all = new Octets[inputs.length + 1];
        all[0] = Octets.copyOf(operation.getBytes(StandardCharsets.US_ASCII));
        Arrays.setAll(all, i -> i == 0 ? all[0] : Octets.copyOf(inputs[i - 1]));
        byte[] hash = Sha256.of(all).toByteArray();
        return operation.equals("multiply") || operation.equals("sum") ? point(hash) : hash;
    }

    /** In the form of a point, with coordinates below p. */
    private static byte[] point(byte[] hash) {
        byte[] point = new byte[257];
        point[0] = 4;
        System.arraycopy(hash, 0, point, 129 - hash.length, hash.length);
        System.arraycopy(hash, 0, point, 257 - hash.length, hash.length);
        return point;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public byte[][] multiplyGenerator(byte[][] k) {
        return Arrays.stream(k).map(each -> result("multiply", each)).toArray(byte[][]::new);
    }

    @Override
    public SenderTable senderTable(byte[] zT) {
        return new Table(this, zT.clone());
    }

    @Override
    public Encapsulation[] encapsulate(SenderTable z, byte[][] rb, byte[][] r) {
        byte[] point = pointOf(z);
        return IntStream.range(0, rb.length)
                .mapToObj(i -> new Encapsulation(sum(point, rb[i], r[i]), result("power", r[i])))
                .toArray(Encapsulation[]::new);
    }

    @Override
    public boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
        byte[] point = pointOf(z);
        boolean[] right = new boolean[rb.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = Arrays.equals(sum(point, rb[i], r[i]), points[i]);
        }
        return right;
    }

    private byte[] sum(byte[] z, byte[] rb, byte[] r) {
        return result("sum", z, rb, r);
    }

    private byte[] pointOf(SenderTable z) {
        if (((Table) z).maker != this) {
            throw new IllegalArgumentException("the table is of another core");
        }
        return ((Table) z).point;
    }

    @Override
    public byte[][] pair(byte[][] a, byte[][] b) {
        return IntStream.range(0, a.length)
                .mapToObj(i -> result("pair", a[i], b[i]))
                .toArray(byte[][]::new);
    }

    @Override
    public LineTable lineTable(byte[] a) {
        return new Lines(this, a.clone());
    }

    @Override
    public byte[][] pair(LineTable a, byte[][] b) {
        Lines lines = (Lines) a;
        if (lines.maker != this) {
            throw new IllegalArgumentException("the lines are of another core");
        }
        return Arrays.stream(b).map(each -> result("pair", lines.point, each)).toArray(byte[][]::new);
    }

    private record Table(FakeCore maker, byte[] point) implements SenderTable {}

    private static final class Lines implements LineTable {
        private final FakeCore maker;
        private final byte[] point;

        Lines(FakeCore maker, byte[] point) {
            this.maker = maker;
            this.point = point;
        }

        @Override
        public void close() {
            Arrays.fill(point, (byte) 0);
        }
    }
}
