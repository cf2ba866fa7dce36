package org.mckms.kms.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RevisionMarksTest {

    private static final ClientKeysId PHONE = new ClientKeysId("sip:alice@example.org", "phone");
    private static final ClientKeysId TABLET = new ClientKeysId("sip:alice@example.org", "tablet");

    private final RevisionMarks marks = new RevisionMarks(4);

    @Test
    void remembersTheHighestRevisionOfEachDevice() {
        marks.saw(PHONE, 3);
        marks.saw(PHONE, 2);
        marks.saw(TABLET, 1);

        assertThat(marks.newest(PHONE)).isEqualTo(3);
        assertThat(marks.newest(TABLET)).isEqualTo(1);
        assertThat(marks.isKnown("sip:alice@example.org")).isTrue();
    }

    @Test
    void knowsNothingOfOthers() {
        marks.saw(PHONE, 3);

        assertThat(marks.newest(TABLET)).isZero();
        assertThat(marks.isKnown("sip:bob@example.org")).isFalse();
    }

    @Test
    void forgetsWhatWasNotLookedAtForLongest() {
        marks.saw(PHONE, 3);
        for (int i = 0; i < 4; i++) {
            marks.saw(new ClientKeysId("sip:user" + i + "@example.org", "x"), 1);
        }

        assertThat(marks.newest(PHONE)).isZero();
        assertThat(marks.newest(new ClientKeysId("sip:user3@example.org", "x"))).isEqualTo(1);
    }
}
