package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.client.cli.explain.Explanation.Line;

/** Shows an {@link Explanation}: one line per field to people, the same as JSON to programs. */
final class ExplanationText {
    private static final String INDENT = "  ";

    private ExplanationText() {}

    /** Three columns: clause, field, and its value with what it means. */
    static void print(Console console, String file, Explanation explanation) {
        console.print(file + ": " + explanation.kind().title());
        Table table = new Table();
        for (Line line : explanation.lines()) {
            table.row(line.clause(), INDENT.repeat(line.depth()) + line.name(), valueAndNote(line));
        }
        table.print(console, INDENT);
    }

    /** The fault in one sentence with its clause. */
    static String sentence(String file, Fault fault) {
        return file + ": " + (fault.where().isEmpty() ? "" : fault.where() + ": ") + fault.what()
                + (fault.clause().isEmpty() ? "" : " (" + fullClause(fault.clause()) + ")");
    }

    static JsonObjectBuilder json(String file, Explanation explanation) {
        JsonArrayBuilder fields = Json.createArrayBuilder();
        explanation
                .lines()
                .forEach(line -> fields.add(Json.createObjectBuilder()
                        .add("clause", fullClause(line.clause()))
                        .add("path", line.path())
                        .add("name", line.name())
                        .add("value", line.value())
                        .add("note", line.note())));
        JsonArrayBuilder faults = Json.createArrayBuilder();
        explanation
                .faults()
                .forEach(fault -> faults.add(Json.createObjectBuilder()
                        .add("path", fault.where())
                        .add("clause", fault.clause().isEmpty() ? "" : fullClause(fault.clause()))
                        .add("text", fault.what())));
        return Json.createObjectBuilder()
                .add("file", file)
                .add("kind", explanation.kind().title())
                .add("fields", fields)
                .add("faults", faults);
    }

    private static String valueAndNote(Line line) {
        if (line.note().isEmpty()) {
            return line.value();
        }
        return line.value().isEmpty() ? "(" + line.note() + ")" : line.value() + "  (" + line.note() + ")";
    }

    private static String fullClause(String clause) {
        return Character.isLetter(clause.charAt(0)) && clause.startsWith(".", 1)
                ? "TS 33.180 clause " + clause
                : clause;
    }
}
