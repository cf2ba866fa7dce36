package org.mckms.csc.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class GroupQueryTest {

    private static final Set<String> EXPECTED = Set.of("after", "limit");

    @Test
    void readsWhatIsExpected() {
        GroupQuery query = GroupQuery.parse("after=sip%3Aa%40example.org&limit=500", EXPECTED);
        assertThat(query.text("after")).contains("sip:a@example.org");
        assertThat(query.limit()).isEqualTo(500);
        assertThat(GroupQuery.parse("after=7", EXPECTED).number("after")).contains(7);
    }

    @Test
    void nothingIsThereWithoutAQuery() {
        GroupQuery query = GroupQuery.parse(null, EXPECTED);
        assertThat(query.text("after")).isEmpty();
        assertThat(query.number("after")).isEmpty();
        assertThat(query.limit()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "after",
                "&after=a",
                "after=a&",
                "other=a",
                "after=a&after=b",
                "After=a",
                "af%74er=a",
                "after=%",
                "after=%FF"
            })
    void refusesAnythingElse(String raw) {
        assertMalformed(() -> GroupQuery.parse(raw, EXPECTED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=", "limit=0", "limit=501", "limit=-1", "limit=1.0", "limit=1234567890", "limit=%2B1"})
    void refusesLengthsThatAreNone(String raw) {
        assertMalformed(() -> GroupQuery.parse(raw, EXPECTED).limit());
    }

    private static void assertMalformed(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }
}
