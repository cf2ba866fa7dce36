package org.mckms.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcLogTest {
    private static final List<String> LINES = List.of(
            "[0.010s] Using G1",
            "[1.2s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->5M(128M) 3.123ms",
            "[2.2s] GC(1) Concurrent Mark Cycle",
            "[2.3s] GC(1) Pause Remark 90M->80M(256M) 1.0ms",
            "[3.3s] GC(2) Pause Full (System.gc()) 60M->512K(256M) 30.0ms");

    @TempDir
    Path folder;

    @Test
    void findsTheMostBeforeAndAfterCollections() {
        assertThat(GcLog.of(LINES)).isEqualTo(new GcLog.Heap(3, 90 * 1024, 80 * 1024));
    }

    @Test
    void looksAtWhatWasWrittenSince() throws IOException {
        GcLog log = new GcLog(Files.write(folder.resolve("gc.log"), LINES));

        assertThat(log.lines()).isEqualTo(5);
        assertThat(log.since(4)).isEqualTo(new GcLog.Heap(1, 60 * 1024, 512));
        assertThat(log.since(5)).isEqualTo(new GcLog.Heap(0, 0, 0));
    }
}
