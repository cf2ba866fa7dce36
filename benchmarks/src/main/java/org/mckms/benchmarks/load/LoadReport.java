package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.mckms.benchmarks.report.Machine;

/** The result of a run for people and for programs. */
record LoadReport(Machine machine, LoadSettings settings, LoadResult result) {

    String text() {
        StringBuilder out = new StringBuilder();
        Workload.Tally tally = result.tally();
        line(out, "server", result.server());
        line(
                out,
                "load",
                "%d clients on %d connections, %d s",
                settings.clients(),
                settings.connections(),
                result.length().toSeconds());
        line(
                out,
                "requests",
                "%d, %.1f per second, %d errors",
                tally.times.total(),
                result.perSecond(),
                tally.errorCount());
        tally.errors.forEach((what, count) -> line(out, "  error", "%d x %s", count, what));
        line(
                out,
                "times",
                "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms",
                tally.times.quantileMillis(0.5),
                tally.times.quantileMillis(0.99),
                tally.times.quantileMillis(0.999),
                tally.times.longestMillis());
        line(out, "checked", "signature and keys of every answer, %d by pairing", tally.pairings);
        line(out, "server processor time", "%.0f us a request", result.serverMicros());
        result.threadMillis().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(kind -> line(out, "  " + kind.getKey(), "%.0f us", result.perRequest(kind.getValue() * 1e3)));
        line(
                out,
                "client processor time",
                "%.0f us a request",
                result.perRequest(result.clientTime().toNanos() / 1e3));
        resources(out);
        result.tokenCalls().ifPresent(calls -> tokenCalls(out, calls));
        result.profile().ifPresent(profile -> profile(out, profile));
        return out.toString();
    }

    private void resources(StringBuilder out) {
        ServerSample first = result.samples().get(0);
        ServerSample last = result.samples().get(result.samples().size() - 1);
        line(
                out,
                "heap",
                "%d MiB at first, %d MiB at last (least of a tenth of the time)",
                result.leastHeapKiB(false) / 1024,
                result.leastHeapKiB(true) / 1024);
        line(out, "threads", "%d at first, %d at last", first.threads(), last.threads());
        if (first.openSessions().isPresent() && last.openSessions().isPresent()) {
            line(
                    out,
                    "token sessions",
                    "%d at first, %d at last",
                    first.openSessions().get(),
                    last.openSessions().get());
        }
    }

    private void tokenCalls(StringBuilder out, TokenCalls calls) {
        line(
                out,
                "token calls",
                "%.2f a request, %.0f us in them",
                result.perRequest(calls.total()),
                result.perRequest(calls.nanos() / 1e3));
        calls.calls().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .filter(entry -> result.perRequest(entry.getValue()) >= 0.01)
                .forEach(entry -> line(out, "  " + entry.getKey(), "%.2f", result.perRequest(entry.getValue())));
    }

    private static void profile(StringBuilder out, LoadResult.Profiled profiled) {
        Profile profile = profiled.profile();
        line(
                out,
                "profile",
                "%d samples, %.0f us a request while it was recorded",
                profile.total(),
                profiled.microsPerRequest());
        for (Profile.Part part : Profile.Part.values()) {
            line(out, "  " + part.title(), "%.1f %%", 100 * profile.share(part));
        }
    }

    private static void line(StringBuilder out, String name, String format, Object... values) {
        out.append(String.format(Locale.ROOT, "%-40s ", name))
                .append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
    }

    JsonObject json() {
        Workload.Tally tally = result.tally();
        JsonObjectBuilder out = Json.createObjectBuilder()
                .add("processor", machine.processor())
                .add("processors", machine.processors())
                .add("system", machine.system())
                .add("clientJava", machine.java())
                .add("server", result.server())
                .add("clients", settings.clients())
                .add("connections", settings.connections())
                .add("seconds", result.length().toSeconds())
                .add("requests", tally.times.total())
                .add("requestsPerSecond", result.perSecond())
                .add("errors", errors(tally))
                .add("warmUpErrors", result.warmUpErrors())
                .add("p50Millis", tally.times.quantileMillis(0.5))
                .add("p99Millis", tally.times.quantileMillis(0.99))
                .add("p999Millis", tally.times.quantileMillis(0.999))
                .add("longestMillis", tally.times.longestMillis())
                .add("pairings", tally.pairings)
                .add("serverMicrosPerRequest", result.serverMicros())
                .add(
                        "clientMicrosPerRequest",
                        result.perRequest(result.clientTime().toNanos() / 1e3))
                .add("threadMicrosPerRequest", threads())
                .add("samples", samples());
        result.tokenCalls().ifPresent(calls -> out.add("tokenCallsPerRequest", result.perRequest(calls.total()))
                .add("tokenMicrosPerRequest", result.perRequest(calls.nanos() / 1e3)));
        result.profile().ifPresent(profiled -> out.add("profile", shares(profiled.profile())));
        return out.build();
    }

    private static JsonObjectBuilder errors(Workload.Tally tally) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        tally.errors.forEach(out::add);
        return out;
    }

    private JsonObjectBuilder threads() {
        JsonObjectBuilder out = Json.createObjectBuilder();
        result.threadMillis().forEach((kind, millis) -> out.add(kind, result.perRequest(millis * 1e3)));
        return out;
    }

    private JsonArrayBuilder samples() {
        JsonArrayBuilder out = Json.createArrayBuilder();
        for (ServerSample sample : result.samples()) {
            JsonObjectBuilder each = Json.createObjectBuilder()
                    .add("second", sample.second())
                    .add("heapKiB", sample.heapKiB())
                    .add("threads", sample.threads());
            sample.openSessions().ifPresent(sessions -> each.add("openSessions", sessions));
            out.add(each);
        }
        return out;
    }

    private static JsonObjectBuilder shares(Profile profile) {
        JsonObjectBuilder out = Json.createObjectBuilder();
        for (Profile.Part part : Profile.Part.values()) {
            out.add(part.title(), profile.share(part));
        }
        return out;
    }
}
