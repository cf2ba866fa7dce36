package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import org.mckms.benchmarks.report.Machine;

/** The result of a run for people and for programs. */
record CekReport(Machine machine, String server, CekResult result) {

    private static final int GOAL_MADE = 1000;
    private static final int GOAL_TOLD = 500;
    private static final Duration GOAL_SESSIONS = Duration.ofMinutes(1);

    String text() {
        StringBuilder out = new StringBuilder(server).append("\n\n");
        row(out, "what", "goal", "measured");
        out.append("|---|---|---|\n");
        row(
                out,
                "CEKs made a second, each by a signed request over HTTPS",
                GOAL_MADE + "/s",
                format("%.0f/s (%,d in %.1f s)", result.madePerSecond(), result.keys(), seconds(result.made())));
        row(out, "one request: median, p99, longest", "", times(result.times()));
        row(
                out,
                "of these, pushed and acknowledged a second meanwhile",
                GOAL_TOLD + "/s",
                format(
                        "%.0f/s (in %.1f s, %,d pushes)",
                        result.toldPerSecond(), seconds(result.told()), result.pushes()));
        row(
                out,
                "server processor time per CEK, all told",
                "",
                format("%.2f ms", millis(result.processorTime()) / result.keys()));
        row(
                out,
                "pushed and acknowledged a second after the MC server was away",
                GOAL_TOLD + "/s",
                format(
                        "%.0f/s (%,d in %.1f s)",
                        result.drainedPerSecond(), result.queued(), seconds(result.drained())));
        row(
                out,
                "server processor time per change pushed",
                "",
                format("%.2f ms", millis(result.drainTime()) / result.queued()));
        row(
                out,
                format("%,d SIP sessions started and ended", result.sessions()),
                seconds(GOAL_SESSIONS) + " s",
                format("%.1f s", seconds(result.ran())));
        row(out, "one session, two requests: median, p99, longest", "", times(result.sessionTimes()));
        row(out, "nothing left to deliver, from the first start on", "", format("%.1f s", seconds(result.settled())));
        row(out, "no row of a key left, from the last end on", "", format("%.0f s", seconds(result.forgotten())));
        row(out, "answers 503 in all, warm-up included; asked again", "", format("%,d", result.notServed()));
        row(
                out,
                "heap of the server after a collection, before and after",
                "no growth",
                format("%.0f MiB, %.0f MiB", result.heapBefore() / 1024.0, result.heapAfter() / 1024.0));
        return out.toString();
    }

    private static void row(StringBuilder out, String what, String goal, String measured) {
        out.append("| ")
                .append(what)
                .append(" | ")
                .append(goal)
                .append(" | ")
                .append(measured)
                .append(" |\n");
    }

    private static String times(Histogram times) {
        return format(
                "%.0f ms, %.0f ms, %.0f ms",
                times.quantileMillis(0.5), times.quantileMillis(0.99), times.longestMillis());
    }

    private static String format(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    JsonObject json() {
        return Json.createObjectBuilder()
                .add("processor", machine.processor())
                .add("processors", machine.processors())
                .add("system", machine.system())
                .add("clientJava", machine.java())
                .add("server", server)
                .add("keys", result.keys())
                .add("madeSeconds", seconds(result.made()))
                .add("toldSeconds", seconds(result.told()))
                .add("pushes", result.pushes())
                .add("processorSeconds", seconds(result.processorTime()))
                .add("requestP50Millis", result.times().quantileMillis(0.5))
                .add("requestP99Millis", result.times().quantileMillis(0.99))
                .add("queued", result.queued())
                .add("drainedSeconds", seconds(result.drained()))
                .add("drainProcessorSeconds", seconds(result.drainTime()))
                .add("sessions", result.sessions())
                .add("sessionsSeconds", seconds(result.ran()))
                .add("settledSeconds", seconds(result.settled()))
                .add("forgottenSeconds", seconds(result.forgotten()))
                .add("sessionP50Millis", result.sessionTimes().quantileMillis(0.5))
                .add("sessionP99Millis", result.sessionTimes().quantileMillis(0.99))
                .add("notServed", result.notServed())
                .add("heapBeforeKiB", result.heapBefore())
                .add("heapAfterKiB", result.heapAfter())
                .build();
    }
}
