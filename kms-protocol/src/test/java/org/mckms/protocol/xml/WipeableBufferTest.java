package org.mckms.protocol.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WipeableBufferTest {
    @Test
    void handsOutWhatWasWrittenOnce() {
        WipeableBuffer buffer = new WipeableBuffer();
        byte[] part = new byte[5000];
        Arrays.fill(part, (byte) 7);
        buffer.write(1);
        buffer.write(part, 0, part.length);
        buffer.write(part, 1, 4999);
        byte[] taken = buffer.take();
        assertThat(taken).hasSize(10_000).startsWith(1, 7).endsWith(7);
        assertThat(buffer.take()).isEmpty();
    }

    @Test
    void leavesNothingInTheArraysItUsed() {
        WipeableBuffer buffer = new WipeableBuffer();
        byte[] part = new byte[8000];
        Arrays.fill(part, (byte) 7);
        buffer.write(part, 0, part.length);
        byte[] first = buffer.backing();
        buffer.write(part, 0, part.length);
        byte[] second = buffer.backing();
        buffer.wipe();
        assertThat(second).isNotSameAs(first).containsOnly(0);
        assertThat(first).containsOnly(0);
    }
}
