package org.mckms.benchmarks.load;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.mckms.benchmarks.report.Machine;

/** The result of a run for people and for programs. */
record GroupReport(Machine machine, String server, List<GroupResult> results) {

    GroupReport {
        results = List.copyOf(results);
    }

    String text() {
        StringBuilder out = new StringBuilder(server).append("\n\n");
        out.append("| members | keys | all ready | per member | server processor time per message | heap above idle, "
                + "after collections | interactive p50, p99, longest |\n");
        out.append("|---|---|---|---|---|---|---|\n");
        results.forEach(result -> out.append(row(result)));
        return out.toString();
    }

    /** One line of the table. */
    static String row(GroupResult result) {
        return String.format(
                Locale.ROOT,
                "| %,d | %d | %.2f s | %.2f ms | %.2f ms | %.0f MiB | %.0f ms, %.0f ms, %.0f ms |%n",
                result.members(),
                result.keys(),
                result.seconds(),
                result.millisPerMember(),
                result.processorMillisPerMessage(),
                result.heapAboveIdle(),
                result.users().p50(),
                result.users().p99(),
                result.users().longest());
    }

    JsonObject json() {
        JsonArrayBuilder rows = Json.createArrayBuilder();
        for (GroupResult result : results) {
            rows.add(Json.createObjectBuilder()
                    .add("members", result.members())
                    .add("keys", result.keys())
                    .add("seconds", result.seconds())
                    .add("millisPerMember", result.millisPerMember())
                    .add("processorMillisPerMessage", result.processorMillisPerMessage())
                    .add("idleHeapKiB", result.idleKiB())
                    .add("collections", result.heap().collections())
                    .add("heapBeforeCollectionKiB", result.heap().mostKiB())
                    .add("heapAfterCollectionKiB", result.heap().keptKiB())
                    .add("interactiveRequests", result.users().requests())
                    .add("interactiveErrors", result.users().errors())
                    .add("interactiveP50Millis", result.users().p50())
                    .add("interactiveP99Millis", result.users().p99())
                    .add("interactiveLongestMillis", result.users().longest()));
        }
        return Json.createObjectBuilder()
                .add("processor", machine.processor())
                .add("processors", machine.processors())
                .add("system", machine.system())
                .add("clientJava", machine.java())
                .add("server", server)
                .add("groups", rows)
                .build();
    }
}
