package org.mckms.benchmarks.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What new processes measured of their own start, in milliseconds. */
public final class ColdStarts {
    private final Map<Core, List<ColdStart>> starts = new EnumMap<>(Core.class);

    /**
     * One process.
     *
     * @param ready from the first use of the library until the core could be used: of the scalar core, until it had the tables of the
     *     parameter set; of the vector core, until it was warm and chosen
     * @param tables from then until the tables of a KMS certificate were ready, its key made and checked
     * @param firstExtraction duration of the extraction after that, the first of the process
     */
    public record ColdStart(double ready, double tables, double firstExtraction) {}

    /** Takes the figures of one process. */
    public void add(Core core, ColdStart start) {
        starts.computeIfAbsent(core, key -> new ArrayList<>()).add(start);
    }

    public Optional<Figure> ready(Core core) {
        return figure(core, ColdStart::ready);
    }

    public Optional<Figure> tables(Core core) {
        return figure(core, ColdStart::tables);
    }

    /** From the first use of the library until all tables were ready. */
    public Optional<Figure> allTables(Core core) {
        return figure(core, start -> start.ready() + start.tables());
    }

    public Optional<Figure> firstExtraction(Core core) {
        return figure(core, ColdStart::firstExtraction);
    }

    private Optional<Figure> figure(Core core, ToDoubleFunction<ColdStart> value) {
        return Optional.ofNullable(starts.get(core))
                .map(list -> new Figure(list.stream().mapToDouble(value).boxed().toList()));
    }
}
