package org.mckms.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The goals that were set for the cryptography, beside what was measured. */
public final class Goals {
    private static final double MICROSECONDS_PER_SECOND = 1e6;
    private static final double MICROSECONDS_PER_MILLISECOND = 1e3;
    private static final int RECEIVERS = 10_000;
    private static final Map<Core, Double> GROUP_KEY_SECONDS = Map.of(Core.SCALAR, 15.0, Core.VECTOR, 5.0);
    private static final double OPENING_MILLISECONDS = 20;
    private static final double TABLES_MILLISECONDS = 1000;
    private static final double FIRST_EXTRACTION_MILLISECONDS = 10;
    private static final double VECTOR_WARM_MILLISECONDS = 2000;

    private Goals() {}

    /** All goals of the core. */
    public static List<Goal> of(Core core, Results results, ColdStarts coldStarts) {
        List<Goal> goals = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            operation.goal(core).ifPresent(bound -> goals.add(ratio(operation, core, bound, results)));
        }
        goals.add(new Goal(
                RECEIVERS + " group key messages on " + GroupKeys.THREADS + " threads, " + core.title(),
                Goal.Kind.SECONDS_AT_MOST,
                GROUP_KEY_SECONDS.get(core),
                results.time(Clock.ELAPSED, GroupKeys.subject(core, RECEIVERS))
                        .map(time -> time.median() / MICROSECONDS_PER_SECOND)));
        if (core == Core.SCALAR) {
            goals.add(new Goal(
                    Operation.MESSAGE_OPENING.title(),
                    Goal.Kind.MILLISECONDS_AT_MOST,
                    OPENING_MILLISECONDS,
                    results.time(Clock.PROCESSOR, Operation.MESSAGE_OPENING.subject(core, 1))
                            .map(time -> time.median() / MICROSECONDS_PER_MILLISECOND)));
            goals.add(coldStart(
                    "tables of a new KMS certificate ready", TABLES_MILLISECONDS, coldStarts.allTables(core)));
            goals.add(coldStart(
                    "first extraction after start", FIRST_EXTRACTION_MILLISECONDS, coldStarts.firstExtraction(core)));
        } else {
            goals.add(coldStart("vector core warm", VECTOR_WARM_MILLISECONDS, coldStarts.ready(core)));
        }
        return goals;
    }

    private static Goal ratio(Operation operation, Core core, double bound, Results results) {
        String title = operation.hasCores() ? operation.title() + ", " + core.title() : operation.title();
        Optional<Figure> ratio = operation
                .peerSubject(1)
                .flatMap(peer -> results.ratio(Clock.PROCESSOR, peer, operation.subject(core, 1)));
        return new Goal(title, Goal.Kind.RATIO_AT_LEAST, bound, ratio.map(Figure::median));
    }

    private static Goal coldStart(String title, double bound, Optional<Figure> measured) {
        return new Goal(title, Goal.Kind.MILLISECONDS_AT_MOST, bound, measured.map(Figure::median));
    }
}
