package org.mckms.platform.hsm;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Looks for ways by which the memory of this process, and with it master secrets, could reach a disk or another process:
 * swap, core dumps, heap dumps, debugging tools, commands that the JVM runs when it fails. What cannot be found out counts
 * as a finding.
 */
public final class MemoryExposureCheck {

    private static final String CORE_LIMIT = "Max core file size";
    private static final String UNKNOWN = "unknown";

    private static final List<String> HEAP_DUMP_OPTIONS =
            List.of("HeapDumpOnOutOfMemoryError", "HeapDumpBeforeFullGC", "HeapDumpAfterFullGC");

    /** Their commands may dump or inspect the process. */
    private static final List<String> COMMAND_OPTIONS = List.of("OnError", "OnOutOfMemoryError");

    private final Path swaps;
    private final Path limits;
    private final Path corePattern;
    private final UnaryOperator<String> vmOption;

    /**
     * @param swaps       as {@code /proc/swaps}: one line of headings, then one for each area in use
     * @param limits      as {@code /proc/self/limits}
     * @param corePattern as {@code /proc/sys/kernel/core_pattern}
     * @param vmOption    gives the value of a HotSpot option, {@code "unknown"} if there is none
     */
    public MemoryExposureCheck(Path swaps, Path limits, Path corePattern, UnaryOperator<String> vmOption) {
        this.swaps = swaps;
        this.limits = limits;
        this.corePattern = corePattern;
        this.vmOption = vmOption;
    }

    /** The check of this process on Linux with HotSpot. */
    public static MemoryExposureCheck ofThisProcess() {
        return new MemoryExposureCheck(
                Path.of("/proc/swaps"),
                Path.of("/proc/self/limits"),
                Path.of("/proc/sys/kernel/core_pattern"),
                MemoryExposureCheck::hotSpotOption);
    }

    /** One sentence for each way; empty if none was found. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        checkSwap(findings);
        checkCoreDumps(findings);
        checkCorePattern(findings);
        for (String option : HEAP_DUMP_OPTIONS) {
            if (!vmOption.apply(option).equals("false")) {
                findings.add("Heap dumps are on: start the JVM with -XX:-" + option + ".");
            }
        }
        for (String option : COMMAND_OPTIONS) {
            if (!vmOption.apply(option).isEmpty()) {
                findings.add("The JVM runs a command when it fails: start it without -XX:" + option + ".");
            }
        }
        if (!vmOption.apply("DisableAttachMechanism").equals("true")) {
            findings.add("Other processes may attach: start the JVM with -XX:+DisableAttachMechanism.");
        }
        return List.copyOf(findings);
    }

    private void checkSwap(List<String> findings) {
        try {
            if (Files.readAllLines(swaps).stream().skip(1).anyMatch(line -> !line.isBlank())) {
                findings.add("Swap is in use: switch it off or encrypt it, then start the server anew.");
            }
        } catch (IOException e) {
            findings.add("Cannot find out whether swap is in use: " + swaps + " is not readable.");
        }
    }

    /** Columns: name, soft limit, hard limit, unit. */
    private void checkCoreDumps(List<String> findings) {
        try {
            boolean off = Files.readAllLines(limits).stream()
                    .filter(line -> line.startsWith(CORE_LIMIT))
                    .map(line -> line.substring(CORE_LIMIT.length()).strip().split("\\s+"))
                    .anyMatch(columns -> columns[0].equals("0"));
            if (!off) {
                findings.add("Core dumps are on: set the limit to 0 (ulimit -c 0, LimitCORE=0).");
            }
        } catch (IOException e) {
            findings.add("Cannot find out whether core dumps are on: " + limits + " is not readable.");
        }
    }

    /** A program that the kernel pipes core dumps to gets them whatever the limit is (core(5)). */
    private void checkCorePattern(List<String> findings) {
        try {
            if (Files.readString(corePattern).startsWith("|")) {
                findings.add("Core dumps go to a program in spite of the limit: set kernel.core_pattern to a plain file"
                        + " name (sysctl kernel.core_pattern=core).");
            }
        } catch (IOException e) {
            findings.add("Cannot find out where core dumps go: " + corePattern + " is not readable.");
        }
    }

    /** Read by name through JMX, because the classes of the JVM's own management are hidden from deployments. */
    private static String hotSpotOption(String name) {
        try {
            Object option = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                            "getVMOption",
                            new Object[] {name},
                            new String[] {String.class.getName()});
            return option instanceof CompositeData data ? String.valueOf(data.get("value")) : UNKNOWN;
        } catch (JMException | JMRuntimeException e) {
            return UNKNOWN; // which counts as a finding
        }
    }
}
