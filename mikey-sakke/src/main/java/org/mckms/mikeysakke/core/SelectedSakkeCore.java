package org.mckms.mikeysakke.core;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * The scalar core from the first moment, and a faster one from the moment on in which it has proven itself ({@link SakkeCores#select}).
 * The change is one volatile write; operations under way end where they began. Tables stay valid over the change. Thread safe.
 */
public final class SelectedSakkeCore implements SakkeCore, AutoCloseable {
    private static final int SCALAR_OCTETS = 128;

    private final SakkeCore scalar;
    private final Set<SelectedTable> tables = Collections.newSetFromMap(new WeakHashMap<>());
    private final CoreSelection selection;
    private volatile SakkeCore current;
    private volatile boolean ready;

    SelectedSakkeCore(SakkeCore scalar, CoreSelection selection) {
        this.scalar = requireNonNull(scalar, "scalar");
        this.selection = requireNonNull(selection, "selection");
        this.current = scalar;
    }

    void start(ThreadFactory threads) {
        selection.start(threads, scalar, this::prepare, this::adopt);
    }

    /** Whether the scalar core has made the tables that its first use waits for. */
    public boolean isReady() {
        return ready;
    }

    private void prepare() {
        byte[] one = new byte[SCALAR_OCTETS];
        one[SCALAR_OCTETS - 1] = 1;
        scalar.multiplyGenerator(new byte[][] {one});
        ready = true;
    }

    /** Which core the trial decided for; empty while it goes on. */
    public Optional<CoreChoice> choice() {
        return selection.choice();
    }

    /** Makes the tables known so far for the core before it serves, so that no request waits for them. */
    private Runnable adopt(SakkeCore chosen) {
        knownTables().forEach(table -> table.prepare(chosen));
        return () -> current = chosen;
    }

    private List<SelectedTable> knownTables() {
        synchronized (tables) {
            return List.copyOf(tables);
        }
    }

    @Override
    public String name() {
        return current.name();
    }

    @Override
    public byte[][] multiplyGenerator(byte[][] k) {
        return current.multiplyGenerator(k);
    }

    @Override
    public SenderTable senderTable(byte[] zT) {
        SelectedTable table = new SelectedTable(zT.clone(), current);
        synchronized (tables) {
            tables.add(table);
        }
        return table;
    }

    @Override
    public Encapsulation[] encapsulate(SenderTable z, byte[][] rb, byte[][] r) {
        CoreTable table = ((SelectedTable) z).of(current);
        return table.core().encapsulate(table.table(), rb, r);
    }

    @Override
    public boolean[] isSum(SenderTable z, byte[][] rb, byte[][] r, byte[][] points) {
        CoreTable table = ((SelectedTable) z).of(current);
        return table.core().isSum(table.table(), rb, r, points);
    }

    @Override
    public byte[][] pair(byte[][] a, byte[][] b) {
        return current.pair(a, b);
    }

    @Override
    public LineTable lineTable(byte[] a) {
        SakkeCore core = current;
        return new SelectedLines(core, core.lineTable(a));
    }

    @Override
    public byte[][] pair(LineTable a, byte[][] b) {
        SelectedLines lines = (SelectedLines) a;
        return lines.core.pair(lines.table, b);
    }

    /** Ends the trial, if it still goes on; the core that serves now stays. */
    @Override
    public void close() {
        selection.close();
    }

    /** A table together with the core that can read it. */
    private record CoreTable(SakkeCore core, SenderTable table) {}

    /** The table of a public point: for the scalar core at first, and anew for the core that follows it. */
    private final class SelectedTable implements SenderTable {
        private final byte[] point;
        private volatile CoreTable serving;
        private CoreTable prepared;

        SelectedTable(byte[] point, SakkeCore core) {
            this.point = point;
            this.serving = new CoreTable(core, core.senderTable(point));
        }

        /** Makes the table for a core that may follow. */
        synchronized void prepare(SakkeCore core) {
            prepared = new CoreTable(core, core.senderTable(point));
        }

        /** The table for the core that serves, or for the one that has followed it meanwhile. */
        CoreTable of(SakkeCore core) {
            CoreTable table = serving;
            return table.core() == core || table.core() != scalar ? table : change(core);
        }

        private synchronized CoreTable change(SakkeCore core) {
            if (serving.core() == scalar) {
                boolean ready = prepared != null && prepared.core() == core;
                serving = ready ? prepared : new CoreTable(core, core.senderTable(point));
                prepared = null;
            }
            return serving;
        }
    }

    /** Lines made by one core are read by that core for good: they are secret, and nobody keeps the point to make them anew. */
    private static final class SelectedLines implements LineTable {
        private final SakkeCore core;
        private final LineTable table;

        SelectedLines(SakkeCore core, LineTable table) {
            this.core = core;
            this.table = table;
        }

        @Override
        public void close() {
            table.close();
        }
    }
}
