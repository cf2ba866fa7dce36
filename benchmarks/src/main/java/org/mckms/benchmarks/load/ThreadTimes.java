package org.mckms.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Processor time of a process by kinds of its threads, in milliseconds, as Linux accounts it (proc(5)). */
final class ThreadTimes {
    /** The unit of times in /proc is 1/100 s on every Linux that Java runs on. */
    private static final int MILLIS_PER_TICK = 10;

    private static final int UTIME_AFTER_NAME = 11;

    private ThreadTimes() {}

    static Map<String, Long> of(ProcessHandle process) throws IOException {
        Map<String, Long> times = new TreeMap<>();
        for (Path task : tasks(process)) {
            try {
                String stat = Files.readString(task.resolve("stat"));
                int nameEnd = stat.lastIndexOf(')');
                String[] fields = stat.substring(nameEnd + 2).split(" ");
                long ticks = Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[UTIME_AFTER_NAME + 1]);
                times.merge(kind(stat.substring(stat.indexOf('(') + 1, nameEnd)), ticks * MILLIS_PER_TICK, Long::sum);
            } catch (IOException ended) {
                continue; // a thread that ended between both looks
            }
        }
        return times;
    }

    static int count(ProcessHandle process) throws IOException {
        return tasks(process).size();
    }

    private static List<Path> tasks(ProcessHandle process) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", String.valueOf(process.pid()), "task"))) {
            return tasks.toList();
        }
    }

    /** The kernel keeps 15 characters of a name. */
    private static String kind(String name) {
        if (name.startsWith("default I/O")) {
            return "I/O: TLS and HTTP";
        }
        if (name.startsWith("default task")) {
            return "requests";
        }
        if (name.startsWith("kms-hsm")) {
            return "token calls";
        }
        if (name.matches(
                "C[12] Compiler.*|VM .*|G1 .*|GC .*|Common-Cleaner|Reference.*|Signal.*|Sweeper.*|.*Monitor.*")) {
            return "JVM: compiler, collector";
        }
        if (name.startsWith("EE-Managed")) {
            return "audit and watches";
        }
        return "other threads";
    }
}
