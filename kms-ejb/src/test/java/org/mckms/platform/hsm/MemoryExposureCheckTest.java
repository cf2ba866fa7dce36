package org.mckms.platform.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryExposureCheckTest {

    private static final Map<String, String> SAFE = Map.of(
            "HeapDumpOnOutOfMemoryError", "false",
            "HeapDumpBeforeFullGC", "false",
            "HeapDumpAfterFullGC", "false",
            "OnError", "",
            "OnOutOfMemoryError", "",
            "DisableAttachMechanism", "true");
    private static final String HEADINGS = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n";
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max stack size            8388608              unlimited            bytes
            Max core file size        %s                    unlimited            bytes
            """;

    @TempDir
    private Path directory;

    private Path swaps;
    private Path limits;
    private Path corePattern;

    @BeforeEach
    void safeMachine() throws IOException {
        swaps = Files.writeString(directory.resolve("swaps"), HEADINGS);
        limits = Files.writeString(directory.resolve("limits"), LIMITS.formatted("0"));
        corePattern = Files.writeString(directory.resolve("core_pattern"), "core\n");
    }

    private MemoryExposureCheck check(Map<String, String> options) {
        return new MemoryExposureCheck(swaps, limits, corePattern, option -> options.getOrDefault(option, "unknown"));
    }

    @Test
    void findsNothingOnASafeMachine() {
        assertThat(check(SAFE).findings()).isEmpty();
    }

    @Test
    void findsSwap() throws IOException {
        Files.writeString(swaps, HEADINGS + "/dev/sda2  partition\t4194300\t\t0\t\t-2\n");
        assertThat(check(SAFE).findings()).singleElement().asString().contains("Swap is in use");
    }

    @Test
    void findsCoreDumps() throws IOException {
        Files.writeString(limits, LIMITS.formatted("unlimited"));
        assertThat(check(SAFE).findings()).singleElement().asString().contains("Core dumps are on");
        Files.writeString(limits, LIMITS.formatted("4096"));
        assertThat(check(SAFE).findings()).singleElement().asString().contains("Core dumps are on");
        Files.writeString(limits, "Max stack size 0 0 bytes\n");
        assertThat(check(SAFE).findings()).singleElement().asString().contains("Core dumps are on");
    }

    @Test
    void findsHeapDumpsAndAttach() {
        assertThat(findingsWith("HeapDumpOnOutOfMemoryError", "true")).contains("-XX:-HeapDumpOnOutOfMemoryError");
        assertThat(findingsWith("HeapDumpBeforeFullGC", "true")).contains("-XX:-HeapDumpBeforeFullGC");
        assertThat(findingsWith("HeapDumpAfterFullGC", "true")).contains("-XX:-HeapDumpAfterFullGC");
        assertThat(findingsWith("DisableAttachMechanism", "false")).contains("-XX:+DisableAttachMechanism");
    }

    @Test
    void findsCommandsOfAFailingJvm() {
        assertThat(findingsWith("OnError", "gcore %p")).contains("without -XX:OnError");
        assertThat(findingsWith("OnOutOfMemoryError", "kill -9 %p")).contains("without -XX:OnOutOfMemoryError");
    }

    /** The only finding if one option has another value than on a safe machine. */
    private String findingsWith(String option, String value) {
        Map<String, String> options = new HashMap<>(SAFE);
        options.put(option, value);
        List<String> findings = check(options).findings();
        assertThat(findings).as(option).hasSize(1);
        return findings.get(0);
    }

    @Test
    void findsCoreDumpsThatGoToAProgram() throws IOException {
        Files.writeString(corePattern, "|/usr/lib/systemd/systemd-coredump %P %u\n");
        assertThat(check(SAFE).findings()).singleElement().asString().contains("kernel.core_pattern");
    }

    @Test
    void whatCannotBeFoundOutIsAFinding() {
        Path missing = directory.resolve("missing");
        assertThat(new MemoryExposureCheck(missing, missing, missing, option -> "unknown").findings())
                .hasSize(9);
    }

    @Test
    void readsTheOptionsOfThisProcess() {

        assertThat(MemoryExposureCheck.ofThisProcess().findings().stream()
                        .anyMatch(finding -> finding.contains("DisableAttachMechanism")))
                .isTrue();
        assertThat(MemoryExposureCheck.ofThisProcess().findings())
                .noneMatch(finding -> finding.contains("Heap dumps are on"))
                .noneMatch(finding -> finding.contains("runs a command"))
                .noneMatch(finding -> finding.contains("Cannot find out"));
    }
}
