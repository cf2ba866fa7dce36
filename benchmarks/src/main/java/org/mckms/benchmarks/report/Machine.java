package org.mckms.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where it was measured.
 *
 * @param processor as the system names it
 * @param processors how many the JVM may use
 * @param avx512 whether the processor says it has the AVX-512 instructions that the vector core is made for
 * @param system name and version of the operating system
 * @param java version, vendor and name of the JVM
 */
public record Machine(String processor, int processors, boolean avx512, String system, String java) {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");

    /** This machine. Only Linux tells of its processor; elsewhere AVX-512 counts as absent. */
    public static Machine here() {
        List<String> cpuinfo = cpuinfo();
        List<String> flags = List.of(field(cpuinfo, "flags").split(" "));
        String model = field(cpuinfo, "model name");
        return new Machine(
                model.isEmpty() ? System.getProperty("os.arch") : model,
                Runtime.getRuntime().availableProcessors(),
                flags.containsAll(List.of("avx512f", "avx512dq")),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.version") + ", " + System.getProperty("java.vendor") + ", "
                        + System.getProperty("java.vm.name"));
    }

    private static List<String> cpuinfo() {
        try {
            return Files.isReadable(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The value of the first line "name : value". */
    private static String field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
