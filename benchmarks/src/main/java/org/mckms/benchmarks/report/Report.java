package org.mckms.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables for people. */
public final class Report {
    private static final String NOT_MEASURED = "not measured";
    private static final String NOTHING = "-";
    private static final double MICROSECONDS_PER_SECOND = 1e6;

    private final Machine machine;
    private final Results results;
    private final ColdStarts coldStarts;
    private final List<Integer> threads;
    private final List<Integer> receivers;

    /**
     * A report.
     *
     * @param threads numbers of threads that were measured, 1 first
     * @param receivers numbers of receivers of the cost curve, in ascending order
     */
    public Report(
            Machine machine, Results results, ColdStarts coldStarts, List<Integer> threads, List<Integer> receivers) {
        this.machine = machine;
        this.results = results;
        this.coldStarts = coldStarts;
        this.threads = threads;
        this.receivers = receivers;
    }

    /** The whole report. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(head()).append('\n').append(times());
        threads.stream().filter(count -> count > 1).forEach(count -> text.append('\n')
                .append(rates(count)));
        text.append('\n').append(curve());
        text.append('\n').append(starts());
        text.append('\n').append(goals());
        return text.toString();
    }

    private String head() {
        return machine.processor() + ", " + machine.processors() + " processors, "
                + (machine.avx512() ? "AVX-512" : "no AVX-512") + ", " + machine.system() + "\nJava " + machine.java()
                + "\n";
    }

    /** One thread: processor time per operation, ratio of the rounds' medians with the lowest and the highest round. */
    private String times() {
        MarkdownTable table =
                new MarkdownTable("1 thread: processor time", "Bouncy Castle", "scalar", "ratio", "vector", "ratio");
        for (Operation operation : measured(1)) {
            table.add(
                    operation.title(),
                    time(Clock.PROCESSOR, operation.peerSubject(1)),
                    time(Clock.PROCESSOR, Optional.of(operation.subject(Core.SCALAR, 1))),
                    ratio(operation, Core.SCALAR),
                    operation.hasCores() ? vectorTime(operation) : NOTHING,
                    operation.hasCores() ? ratio(operation, Core.VECTOR) : NOTHING);
        }
        return table.text();
    }

    private List<Operation> measured(int count) {
        return Arrays.stream(Operation.values())
                .filter(operation -> Arrays.stream(Core.values())
                        .anyMatch(core -> results.time(Clock.ELAPSED, operation.subject(core, count))
                                .isPresent()))
                .toList();
    }

    private String vectorTime(Operation operation) {
        return results.time(Clock.PROCESSOR, operation.subject(Core.VECTOR, 1))
                .map(time -> Units.time(time.median()))
                .orElse(NOT_MEASURED);
    }

    private String time(Clock clock, Optional<Subject> subject) {
        return subject.flatMap(known -> results.time(clock, known))
                .map(time -> Units.time(time.median()))
                .orElse(NOTHING);
    }

    private String ratio(Operation operation, Core core) {
        return operation
                .peerSubject(1)
                .flatMap(peer -> results.ratio(Clock.PROCESSOR, peer, operation.subject(core, 1)))
                .map(Units::ratio)
                .orElse(NOTHING);
    }

    /** Several threads: operations per second of all of them, and how many times as many as one thread does. */
    private String rates(int count) {
        MarkdownTable table = new MarkdownTable(
                count + " threads: operations per second", "Bouncy Castle", "scalar", "of 1", "vector", "of 1");
        for (Operation operation : measured(count)) {
            table.add(
                    operation.title(),
                    rate(operation.peerSubject(count)),
                    rate(Optional.of(operation.subject(Core.SCALAR, count))),
                    scaling(operation, Core.SCALAR, count),
                    operation.hasCores() ? rate(Optional.of(operation.subject(Core.VECTOR, count))) : NOTHING,
                    operation.hasCores() ? scaling(operation, Core.VECTOR, count) : NOTHING);
        }
        return table.text();
    }

    private String rate(Optional<Subject> subject) {
        return subject.flatMap(known -> results.time(Clock.ELAPSED, known))
                .map(time -> Units.digits(subject.get().threads() * MICROSECONDS_PER_SECOND / time.median()))
                .orElse(NOTHING);
    }

    private String scaling(Operation operation, Core core, int count) {
        return results.ratio(Clock.ELAPSED, operation.subject(core, 1), operation.subject(core, count))
                .map(ratio -> Units.digits(count * ratio.median()) + "x")
                .orElse(NOTHING);
    }

    /** Complete group key messages; for Bouncy Castle scaled from the largest number that was measured. */
    private String curve() {
        MarkdownTable table = new MarkdownTable(
                "group key messages on " + GroupKeys.THREADS + " threads",
                "Bouncy Castle",
                "scalar",
                "per message",
                "vector",
                "per message");
        for (int count : receivers) {
            table.add(
                    String.format(Locale.ROOT, "%,d", count),
                    peerCurve(count),
                    time(Clock.ELAPSED, Optional.of(GroupKeys.subject(Core.SCALAR, count))),
                    perMessage(Core.SCALAR, count),
                    time(Clock.ELAPSED, Optional.of(GroupKeys.subject(Core.VECTOR, count))),
                    perMessage(Core.VECTOR, count));
        }
        return table.text();
    }

    private String perMessage(Core core, int count) {
        return results.time(Clock.ELAPSED, GroupKeys.subject(core, count))
                .map(time -> Units.time(time.median() / count))
                .orElse(NOTHING);
    }

    private String peerCurve(int count) {
        Optional<Figure> measured = results.time(Clock.ELAPSED, GroupKeys.peer(count));
        if (measured.isPresent()) {
            return Units.time(measured.get().median());
        }
        return receivers.stream()
                .filter(smaller -> smaller < count)
                .filter(smaller ->
                        results.time(Clock.ELAPSED, GroupKeys.peer(smaller)).isPresent())
                .max(Integer::compare)
                .map(smaller -> "about "
                        + Units.time(results.time(Clock.ELAPSED, GroupKeys.peer(smaller))
                                        .orElseThrow()
                                        .median()
                                * count
                                / smaller))
                .orElse(NOTHING);
    }

    private String starts() {
        MarkdownTable table = new MarkdownTable(
                "new process: milliseconds (lowest to highest)", "core ready", "tables", "first extraction");
        for (Core core : Core.values()) {
            table.add(
                    core.title(),
                    milliseconds(coldStarts.ready(core)),
                    milliseconds(coldStarts.tables(core)),
                    milliseconds(coldStarts.firstExtraction(core)));
        }
        return table.text();
    }

    private static String milliseconds(Optional<Figure> figure) {
        return figure.map(Units::milliseconds).orElse(NOT_MEASURED);
    }

    private String goals() {
        MarkdownTable table = new MarkdownTable("goal", "wanted", "measured", "verdict");
        for (Core core : Core.values()) {
            for (Goal goal : Goals.of(core, results, coldStarts)) {
                table.add(goal.title(), goal.boundText(), goal.measuredText(), goal.verdict());
            }
        }
        return table.text();
    }
}
