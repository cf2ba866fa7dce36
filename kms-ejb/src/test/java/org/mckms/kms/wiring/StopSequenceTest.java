package org.mckms.kms.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mckms.platform.RecordedLog;

class StopSequenceTest {

    @Test
    void aFailedStepKeepsNoOtherFromBeingDone() {
        List<String> done = new ArrayList<>();
        try (RecordedLog log = new RecordedLog()) {
            new StopSequence()
                    .then("close the vault", () -> done.add("vault"))
                    .then("write counts", () -> {
                        throw new IllegalStateException("the bean is gone");
                    })
                    .then("close the audit trail", () -> done.add("audit"))
                    .run();

            assertThat(log.lines("KMS000044")).singleElement().asString().contains("could not write counts");
        }
        assertThat(done).containsExactly("vault", "audit");
    }
}
