package org.mckms.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.DatabaseFailures;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class WorkAttemptsTest {

    private final List<String> told = new ArrayList<>();
    private final WorkAttempts attempts = new WorkAttempts(told::add);

    private static BooleanSupplier failing(KmsErrorCode code) {
        return () -> {
            throw new KmsException(code, "gone");
        };
    }

    @Test
    void whatIsThereIsSaidAsItIs() {
        assertThat(attempts.open(() -> true)).isTrue();
        assertThat(attempts.open(() -> false)).isFalse();
        assertThat(attempts.step(() -> true)).isTrue();
        assertThat(attempts.step(() -> false)).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void whereItCannotBeToldThereIsNoWork() {
        assertThat(attempts.open(failing(KmsErrorCode.DATABASE_UNAVAILABLE))).isFalse();
        assertThat(told).containsExactly("DATABASE_UNAVAILABLE: gone");
    }

    @Test
    void theSameTroubleIsToldOnceAndAnotherOneAtOnce() {
        assertThat(attempts.step(failing(KmsErrorCode.DATABASE_UNAVAILABLE))).isFalse();
        attempts.step(failing(KmsErrorCode.DATABASE_UNAVAILABLE));
        attempts.open(failing(KmsErrorCode.DATABASE_UNAVAILABLE));
        assertThat(told).hasSize(1);

        attempts.step(failing(KmsErrorCode.HSM_UNAVAILABLE));
        assertThat(told).containsExactly("DATABASE_UNAVAILABLE: gone", "HSM_UNAVAILABLE: gone");
    }

    @Test
    void itIsToldAgainAfterAStepThatEnded() {
        attempts.step(failing(KmsErrorCode.HSM_UNAVAILABLE));
        attempts.step(() -> false);
        attempts.step(failing(KmsErrorCode.HSM_UNAVAILABLE));

        assertThat(told).hasSize(2);
    }

    @Test
    void itIsToldAgainWhenNothingWasLeftButNotWhileThereIsWork() {
        attempts.step(failing(KmsErrorCode.HSM_UNAVAILABLE));
        attempts.open(() -> true);
        attempts.step(failing(KmsErrorCode.HSM_UNAVAILABLE));
        assertThat(told).hasSize(1);

        attempts.open(() -> false);
        attempts.step(failing(KmsErrorCode.HSM_UNAVAILABLE));
        assertThat(told).hasSize(2);
    }

    @Test
    void anotherNodeThatWasFasterIsNoTrouble() {
        KmsException lost =
                DatabaseFailures.meaning(new IllegalStateException(new SQLException("a row was changed", "40001")));
        assertThat(lost).isInstanceOf(ConcurrentChangeException.class);

        assertThat(attempts.step(() -> {
                    throw lost;
                }))
                .isFalse();
        assertThat(told).isEmpty();
    }
}
