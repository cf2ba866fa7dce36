package org.mckms.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Time per operation in microseconds: of each subject and clock, the median of the iterations of each round. */
public final class Results {
    private final Map<Key, SortedMap<Integer, Double>> times = new LinkedHashMap<>();

    private record Key(Clock clock, Subject subject) {}

    /** Takes the iterations of one round. */
    public void add(int round, Clock clock, Subject subject, List<Double> iterations) {
        times.computeIfAbsent(new Key(clock, subject), key -> new TreeMap<>()).put(round, Figure.median(iterations));
    }

    /** Microseconds per operation. */
    public Optional<Figure> time(Clock clock, Subject subject) {
        return Optional.ofNullable(times.get(new Key(clock, subject)))
                .map(rounds -> new Figure(List.copyOf(rounds.values())));
    }

    /** How many times as long as the subject its peer takes, in the rounds that have both. */
    public Optional<Figure> ratio(Clock clock, Subject peer, Subject subject) {
        Map<Integer, Double> peerTimes = times.getOrDefault(new Key(clock, peer), new TreeMap<>());
        List<Double> ratios = new ArrayList<>();
        times.getOrDefault(new Key(clock, subject), new TreeMap<>()).forEach((round, time) -> {
            Double peerTime = peerTimes.get(round);
            if (peerTime != null) {
                ratios.add(peerTime / time);
            }
        });
        return ratios.isEmpty() ? Optional.empty() : Optional.of(new Figure(ratios));
    }

    /** Everything that was measured, in the order of its first round. */
    public List<Subject> subjects() {
        return times.keySet().stream().map(Key::subject).distinct().toList();
    }
}
