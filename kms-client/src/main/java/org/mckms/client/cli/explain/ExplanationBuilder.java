package org.mckms.client.cli.explain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.client.cli.explain.Explanation.Line;

/** Collects fields and faults while a document is read from its beginning to its end. */
final class ExplanationBuilder {
    private final Deque<String> path = new ArrayDeque<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private Optional<String> advice = Optional.empty();

    /** A field; its fault, if the reading has one, is noted with it. */
    void field(String clause, String name, Reading reading) {
        path.addLast(name);
        String note = reading.note();
        if (reading.fault().isPresent()) {
            fault(clause, reading.fault().get());
            note = "WRONG: " + reading.fault().get();
        }
        add(clause, name, reading.value(), note);
        path.removeLast();
    }

    void field(String clause, String name, String value, String note) {
        field(clause, name, Reading.of(value, note));
    }

    /** An element with fields inside; they follow until {@link #leave()}. */
    void enter(String clause, String name, String value, String note) {
        path.addLast(name);
        add(clause, name, value, note);
    }

    void leave() {
        path.removeLast();
    }

    /** A document inside this one. */
    void nest(String clause, String name, Explanation inner) {
        enter(clause, name, inner.kind().title(), "");
        String prefix = VisibleText.of(String.join("/", path)) + "/";
        inner.lines()
                .forEach(line -> lines.add(new Line(
                        line.clause(),
                        prefix + line.path(),
                        line.depth() + path.size(),
                        line.name(),
                        line.value(),
                        line.note())));
        inner.faults().forEach(fault -> faults.add(new Fault(prefix + fault.where(), fault.clause(), fault.what())));
        leave();
    }

    /** Something wrong with the element entered last. */
    void fault(String clause, String what) {
        faults.add(new Fault(VisibleText.of(String.join("/", path)), clause, VisibleText.of(what)));
    }

    /** What to do about the fault. */
    void advise(String text) {
        advice = Optional.of(text);
    }

    Explanation build(DocumentKind kind) {
        return new Explanation(kind, lines, faults, advice);
    }

    private void add(String clause, String name, String value, String note) {
        lines.add(new Line(
                clause,
                VisibleText.of(String.join("/", path)),
                path.size() - 1,
                VisibleText.of(name),
                VisibleText.of(value),
                VisibleText.of(note)));
    }
}
