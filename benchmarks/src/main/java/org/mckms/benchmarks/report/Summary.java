package org.mckms.benchmarks.report;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/** The same as JSON: microseconds per operation unless a name says otherwise. */
public final class Summary {
    private Summary() {}

    public static JsonObject of(Machine machine, Results results, ColdStarts coldStarts) {
        return Json.createObjectBuilder()
                .add("machine", machine(machine))
                .add("times", times(results))
                .add("ratios", ratios(results))
                .add("coldStartMilliseconds", coldStarts(coldStarts))
                .add("goals", goals(results, coldStarts))
                .build();
    }

    private static JsonObjectBuilder machine(Machine machine) {
        return Json.createObjectBuilder()
                .add("processor", machine.processor())
                .add("processors", machine.processors())
                .add("avx512", machine.avx512())
                .add("system", machine.system())
                .add("java", machine.java());
    }

    private static JsonArrayBuilder times(Results results) {
        JsonArrayBuilder times = Json.createArrayBuilder();
        for (Subject subject : results.subjects()) {
            times.add(Json.createObjectBuilder()
                    .add("benchmark", subject.benchmark())
                    .add("core", subject.core())
                    .add("threads", subject.threads())
                    .add("receivers", subject.receivers())
                    .add(
                            "processor",
                            figure(results.time(Clock.PROCESSOR, subject).orElseThrow()))
                    .add("elapsed", figure(results.time(Clock.ELAPSED, subject).orElseThrow())));
        }
        return times;
    }

    private static JsonArrayBuilder ratios(Results results) {
        JsonArrayBuilder ratios = Json.createArrayBuilder();
        for (Operation operation : Operation.values()) {
            for (Core core : Core.values()) {
                Subject subject = operation.subject(core, 1);
                Optional<Figure> ratio =
                        operation.peerSubject(1).flatMap(peer -> results.ratio(Clock.PROCESSOR, peer, subject));
                if (ratio.isPresent() && (operation.hasCores() || core == Core.SCALAR)) {
                    ratios.add(Json.createObjectBuilder()
                            .add("operation", operation.title())
                            .add("core", subject.core())
                            .add("ratioToBouncyCastle", figure(ratio.get())));
                }
            }
        }
        return ratios;
    }

    private static JsonObjectBuilder figure(Figure figure) {
        return Json.createObjectBuilder()
                .add("median", figure.median())
                .add("lowest", figure.lowest())
                .add("highest", figure.highest())
                .add("rounds", Json.createArrayBuilder(figure.rounds()));
    }

    private static JsonObjectBuilder coldStarts(ColdStarts coldStarts) {
        JsonObjectBuilder cores = Json.createObjectBuilder();
        for (Core core : Core.values()) {
            JsonObjectBuilder figures = Json.createObjectBuilder();
            coldStarts.ready(core).ifPresent(figure -> figures.add("ready", figure(figure)));
            coldStarts.tables(core).ifPresent(figure -> figures.add("tables", figure(figure)));
            coldStarts.firstExtraction(core).ifPresent(figure -> figures.add("firstExtraction", figure(figure)));
            cores.add(core.title(), figures);
        }
        return cores;
    }

    private static JsonArrayBuilder goals(Results results, ColdStarts coldStarts) {
        JsonArrayBuilder goals = Json.createArrayBuilder();
        for (Core core : Core.values()) {
            for (Goal goal : Goals.of(core, results, coldStarts)) {
                JsonObjectBuilder object = Json.createObjectBuilder()
                        .add("goal", goal.title())
                        .add("wanted", goal.boundText())
                        .add("verdict", goal.verdict());
                goal.measured().ifPresent(value -> object.add("measured", value));
                goals.add(object);
            }
        }
        return goals;
    }
}
