package org.mckms.platform.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowFieldsTest {

    private static RowFields fields() {
        return new RowFields("k", "identity");
    }

    @Test
    void writesLengthsBeforeOctets() {
        String expected = "6D636B6D732F312F726F77" // mckms/1/row
                + "00000001" + "6B" // k
                + "00000008" + "6964656E74697479" // identity
                + "00000002" + "C3BC" // u with diaeresis
                + "FFFFFFFF" // absent
                + "00000000" // empty
                + "00000002" + "3432"; // 42

        assertThat(fields().text("\u00FC")
                        .text(Optional.empty())
                        .text("")
                        .number(42)
                        .message()
                        .toHex())
                .isEqualTo(expected);
    }

    @Test
    void fieldsCannotBeMovedIntoEachOther() {
        assertThat(fields().text("ab").text("c").message())
                .isNotEqualTo(fields().text("a").text("bc").message());
        assertThat(fields().texts(List.of("a")).text("b").message())
                .isNotEqualTo(fields().texts(List.of("a", "b")).message());
        assertThat(new RowFields("k", "epoch").text("a").message())
                .isNotEqualTo(fields().text("a").message());
        assertThat(new RowFields("l", "identity").text("a").message())
                .isNotEqualTo(fields().text("a").message());
    }

    @Test
    void timesAreWrittenInFull() {
        assertThat(fields().time(Instant.parse("2026-03-01T12:00:00.000001Z")).message())
                .isNotEqualTo(fields().time(Instant.parse("2026-03-01T12:00:00.000002Z"))
                        .message());
        assertThat(fields().time(Optional.<Instant>empty()).message())
                .isEqualTo(fields().text(Optional.empty()).message());
    }
}
