package org.mckms.mikeysakke.field;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every test again with scratch that stays from call to call, and the wiping of it. */
class ScalarSakkeFieldWithScratchTest extends ScalarSakkeFieldTest {
    @Override
    SakkeField field() {
        return ScalarSakkeField.INSTANCE.withScratch();
    }

    @Test
    void calculatesAfterWiping() {
        SakkeField field = field();
        long[] one = new long[field.size()];
        long[] square = new long[field.size()];
        field.setOne(one);
        field.square(square, one);
        field.wipeScratch();
        field.square(square, one);
        field.subtract(square, square, one);
        long[] masks = new long[1];
        field.isZero(masks, square);
        assertThat(masks[0]).isEqualTo(-1);
    }
}
