package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class WorkLimitTest {

    private final WorkLimit limit = new WorkLimit(1, Duration.ZERO);

    @Test
    void refusesWhatIsTooMuchAtATime() {
        assertThatThrownBy(() -> limit.within(() -> limit.within(() -> "inner")))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.NOT_READY));
    }

    @Test
    void makesRoomAgainAfterWorkAndAfterFailure() {
        assertThatThrownBy(() -> limit.within(() -> {
                    throw new IllegalStateException("on purpose");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(limit.within(() -> "done")).isEqualTo("done");
    }
}
