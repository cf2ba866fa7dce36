package org.mckms.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Subject PEER = Subject.of("Peer.work", "", 1);
    private static final Subject OWN = Subject.of("Own.work", "scalar", 1);

    private final Results results = new Results();

    @Test
    void takesTheMedianOfTheIterationsOfEachRound() {
        results.add(1, Clock.ELAPSED, OWN, List.of(9.0, 1.0, 2.0));
        results.add(2, Clock.ELAPSED, OWN, List.of(3.0, 5.0));

        assertThat(results.time(Clock.ELAPSED, OWN)).contains(new Figure(List.of(2.0, 4.0)));
        assertThat(results.time(Clock.PROCESSOR, OWN)).isEmpty();
        assertThat(results.time(Clock.ELAPSED, PEER)).isEmpty();
    }

    @Test
    void dividesOnlyTimesOfTheSameRound() {
        results.add(1, Clock.ELAPSED, PEER, List.of(30.0));
        results.add(2, Clock.ELAPSED, PEER, List.of(80.0));
        results.add(2, Clock.ELAPSED, OWN, List.of(2.0));
        results.add(3, Clock.ELAPSED, OWN, List.of(5.0));

        assertThat(results.ratio(Clock.ELAPSED, PEER, OWN)).contains(new Figure(List.of(40.0)));
        assertThat(results.ratio(Clock.ELAPSED, OWN, Subject.of("Own.work", "vector", 1)))
                .isEmpty();
    }

    @Test
    void givesNoRatioWithoutACommonRound() {
        results.add(1, Clock.ELAPSED, PEER, List.of(30.0));
        results.add(2, Clock.ELAPSED, OWN, List.of(2.0));

        assertThat(results.ratio(Clock.ELAPSED, PEER, OWN)).isEmpty();
    }

    @Test
    void tellsMedianAndSpread() {
        Figure figure = new Figure(List.of(3.0, 1.0, 2.0, 10.0));

        assertThat(figure.median()).isEqualTo(2.5);
        assertThat(figure.lowest()).isEqualTo(1.0);
        assertThat(figure.highest()).isEqualTo(10.0);
        assertThatThrownBy(() -> new Figure(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesASubjectAsJmhDoes() {
        Map<String, String> parameters = Map.of("core", "vector", "receivers", "100");

        assertThat(Subject.of("org.example.Own.work", name -> parameters.getOrDefault(name, ""), 2))
                .isEqualTo(new Subject("Own.work", "vector", 2, 100));
        assertThat(Subject.of("org.example.Peer.work", name -> "", 1)).isEqualTo(PEER);
    }
}
