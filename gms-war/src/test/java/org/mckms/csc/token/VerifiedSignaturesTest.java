package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VerifiedSignaturesTest {
    private static final String KEY = "thumbprint";

    private final VerifiedSignatures signatures = new VerifiedSignatures(2);
    private final AtomicInteger verifications = new AtomicInteger();

    private boolean holds(String token, String key) {
        return signatures.holds(token, key, () -> verifications.incrementAndGet() > 0);
    }

    @Test
    void verifiesOneTokenOnce() {
        assertThat(holds("a.b.c", KEY)).isTrue();
        assertThat(holds("a.b.c", KEY)).isTrue();

        assertThat(verifications).hasValue(1);
    }

    @Test
    void anotherSignatureOrKeyIsAnotherPair() {
        assertThat(holds("a.b.c", KEY)).isTrue();

        assertThat(signatures.holds("a.b.d", KEY, () -> false)).isFalse();
        assertThat(signatures.holds("a.b.c", "other", () -> false)).isFalse();
    }

    @Test
    void whatDoesNotHoldIsNotRemembered() {
        assertThat(signatures.holds("a.b.c", KEY, () -> false)).isFalse();

        assertThat(holds("a.b.c", KEY)).isTrue();
        assertThat(verifications).hasValue(1);
    }

    @Test
    void forgetsWhatWasNotUsedForLong() {
        for (String token : new String[] {"1", "2", "3", "4", "5"}) {
            assertThat(holds(token, KEY)).isTrue();
        }
        assertThat(verifications).hasValue(5);

        assertThat(holds("5", KEY)).isTrue();
        assertThat(holds("4", KEY)).isTrue();
        assertThat(verifications).as("still known").hasValue(5);
        assertThat(holds("1", KEY)).isTrue();
        assertThat(verifications).as("forgotten").hasValue(6);
    }
}
