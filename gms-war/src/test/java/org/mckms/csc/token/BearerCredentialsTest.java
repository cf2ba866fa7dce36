package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.AMBIGUOUS_AUTHORIZATION;
import static org.mckms.protocol.error.KmsErrorCode.UNAUTHENTICATED;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class BearerCredentialsTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "Bearer  a.b.c", " Bearer a.b.c "})
    void takesTheToken(String value) {
        assertThat(BearerCredentials.tokenIn(List.of(value))).contains("a.b.c");
    }

    @Test
    void findsNoneWithoutBearerCredentials() {
        assertThat(BearerCredentials.tokenIn(List.of())).isEmpty();
        assertThat(BearerCredentials.tokenIn(List.of("Basic YTpi"))).isEmpty();
        assertThat(BearerCredentials.tokenIn(List.of("Bearerx a.b.c"))).isEmpty();
        assertThat(BearerCredentials.tokenIn(List.of(""))).isEmpty();
    }

    @Test
    void refusesTwoOfThem() {
        assertCode(AMBIGUOUS_AUTHORIZATION, "Bearer a.b.c", "Bearer a.b.c");
        assertCode(AMBIGUOUS_AUTHORIZATION, "Bearer a.b.c", "Basic YTpi");
        assertCode(AMBIGUOUS_AUTHORIZATION, "Bearer a.b.c, Bearer a.b.c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer \"a\"", "Bearer a\tb", "Bearer a;b", "Bearer =a"})
    void refusesMalformedOnes(String value) {
        assertCode(UNAUTHENTICATED, value);
    }

    @Test
    void readsUpTo8KibAndNoMore() {
        String longest = "a".repeat(8192 - "Bearer ".length());
        assertThat(BearerCredentials.tokenIn(List.of("Bearer " + longest))).contains(longest);
        assertCode(UNAUTHENTICATED, "Bearer " + longest + "a");
    }

    private static void assertCode(KmsErrorCode code, String... values) {
        assertThatThrownBy(() -> BearerCredentials.tokenIn(List.of(values)))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
