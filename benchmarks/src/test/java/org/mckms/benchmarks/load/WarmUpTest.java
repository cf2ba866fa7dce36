package org.mckms.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void endsWhenTwoPiecesInARowCostNoLess() {
        assertThat(piecesOf(1000, 700, 500, 495, 490)).isEqualTo(5);
    }

    @Test
    void onePieceThatWasDisturbedDoesNotEndIt() {
        assertThat(piecesOf(1000, 700, 900, 500, 495, 490)).isEqualTo(6);
    }

    @Test
    void isBounded() {
        assertThat(piecesOf(IntStream.range(0, 30).map(piece -> 1 << 30 - piece).toArray()))
                .isEqualTo(16);
    }

    private static int piecesOf(int... millis) {
        WarmUp warmUp = new WarmUp();
        while (warmUp.goesOn()) {
            warmUp.took(Duration.ofMillis(millis[warmUp.pieces()]));
        }
        return warmUp.pieces();
    }
}
