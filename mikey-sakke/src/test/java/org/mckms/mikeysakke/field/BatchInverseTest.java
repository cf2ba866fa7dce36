package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Fixtures;

/** Against one inversion each, with zeros among the elements. */
class BatchInverseTest {
    private static final long SEED = 1987;
    private static final ScalarSakkeField FIELD = ScalarSakkeField.INSTANCE;

    static Stream<long[]> starts() {
        long[] one = new long[FIELD.size()];
        FIELD.setOne(one);
        return Stream.of(one, BatchInverse.randomStart(FIELD, Fixtures.seeded(SEED)));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void invertsEachElementAndKeepsZeros(long[] start) {
        for (int zeros = 0; zeros < 1 << 4; zeros++) {
            long[][] elements = elements(4, zeros);
            long[][] expected = new long[4][FIELD.size()];
            for (int i = 0; i < 4; i++) {
                FIELD.invert(expected[i], elements[i]);
            }
            long[] startBefore = start.clone();

            BatchInverse.invertAll(FIELD, elements, start);

            for (int i = 0; i < 4; i++) {
                assertThat(encoded(elements[i])).as("zeros %d", zeros).isEqualTo(encoded(expected[i]));
            }
            assertThat(start).isEqualTo(startBefore);
        }
    }

    @Test
    void wipesTheFactorMadeForABatch() {
        long[] start = BatchInverse.randomStart(FIELD, Fixtures.seeded(SEED));
        long[][] elements = elements(3, 0);
        long[] expected = new long[FIELD.size()];
        FIELD.invert(expected, elements[2]);

        BatchInverse.invertAll(FIELD, elements, () -> start);

        assertThat(encoded(elements[2])).isEqualTo(encoded(expected));
        assertThat(start).containsOnly(0);
    }

    /** Random elements; where {@code zeros} has a bit, zero. */
    private static long[][] elements(int count, int zeros) {
        Random random = new Random(SEED);
        long[][] elements = new long[count][FIELD.size()];
        byte[] octets = new byte[SakkeField.OCTETS];
        for (int i = 0; i < count; i++) {
            random.nextBytes(octets);
            octets[0] &= 0x7F;
            if ((zeros >> i & 1) == 0) {
                FIELD.decode(elements[i], 0, octets, 0);
            }
        }
        return elements;
    }

    private static byte[] encoded(long[] element) {
        byte[] octets = new byte[SakkeField.OCTETS];
        FIELD.encode(octets, 0, element, 0);
        return octets;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void startsFromARandomElementOtherThanZero(long seed) {
        long[] start = BatchInverse.randomStart(FIELD, Fixtures.seeded(seed));
        long[] mask = new long[1];
        FIELD.isZero(mask, start);

        assertThat(mask).containsExactly(0);
        assertThat(start).isNotEqualTo(BatchInverse.randomStart(FIELD, Fixtures.seeded(seed + 1)));
    }
}
