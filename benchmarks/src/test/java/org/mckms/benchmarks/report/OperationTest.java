package org.mckms.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class OperationTest {
    @Test
    void standsForEachBenchmarkOnce() {
        Set<String> named = new TreeSet<>(List.of(GroupKeys.BENCHMARK, GroupKeys.PEER));
        for (Operation operation : Operation.values()) {
            named.add(operation.benchmark());
            operation.peer().ifPresent(named::add);
        }

        assertThat(existing()).isEqualTo(named);
    }

    private static Set<String> existing() {
        Set<String> names = new TreeSet<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList()
                .find(OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT), List.of(), List.of())) {
            String[] parts = entry.getUsername().split("\\.");
            names.add(parts[parts.length - 2] + "." + parts[parts.length - 1]);
        }
        return names;
    }
}
