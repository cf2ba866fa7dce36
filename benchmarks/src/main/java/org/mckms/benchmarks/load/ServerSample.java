package org.mckms.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the server uses at one moment.
 *
 * @param second       since the measured load began
 * @param heapKiB      used, garbage included
 * @param threads      of its process
 * @param openSessions of the token, if the shim counts them
 * @param processorTime of its process since its start
 */
record ServerSample(long second, long heapKiB, int threads, Optional<Long> openSessions, Duration processorTime) {
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    static ServerSample take(ProcessHandle server, Optional<Path> shim, long second)
            throws IOException, InterruptedException {
        Optional<Long> sessions =
                shim.isPresent() ? Optional.of(TokenCalls.read(shim.get()).openSessions()) : Optional.empty();
        return new ServerSample(second, heapKiB(server), ThreadTimes.count(server), sessions, processorTime(server));
    }

    static Duration processorTime(ProcessHandle server) {
        return server.info().totalCpuDuration().orElseThrow(() -> new IllegalStateException("the server has ended"));
    }

    /** The generations, whatever the collector calls them; what follows is no heap. */
    private static long heapKiB(ProcessHandle server) throws IOException, InterruptedException {
        String heap = jcmd(server, "GC.heap_info").split("Metaspace", 2)[0];
        return USED.matcher(heap)
                .results()
                .mapToLong(result -> Long.parseLong(result.group(1)))
                .sum();
    }

    /** Runs a diagnostic command in the server. */
    static String jcmd(ProcessHandle server, String... command) throws IOException, InterruptedException {
        String[] whole = new String[command.length + 2];
        whole[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        whole[1] = String.valueOf(server.pid());
        System.arraycopy(command, 0, whole, 2, command.length);
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd failed: " + answer);
        }
        return answer;
    }
}
