package org.mckms.kms.infrastructure.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.kms.infrastructure.vault.Refusals.assertRefused;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.SealCounts;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.datakey.DataKeyWrapping;
import org.mckms.platform.datakey.WrappedKey;
import org.mckms.protocol.error.KmsErrorCode;

/** Keys that wrap data keys, the same for every vault. */
interface SessionStoreContract {

    byte[] DATA_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    byte[] CONTEXT = "data key 1".getBytes(StandardCharsets.US_ASCII);

    VaultHarness harness();

    /** Counts in memory. */
    final class Counted implements SealCounts {
        private final List<String> seals = new ArrayList<>();
        private long before;

        @Override
        public void countSeal(String keyLabel) {
            seals.add(keyLabel);
        }

        @Override
        public long seals(String keyLabel) {
            return before + seals.stream().filter(keyLabel::equals).count();
        }

        @Override
        public Map<String, Long> all() {
            return Map.of();
        }
    }

    @Test
    default void unwrapsWhatItWrapped() {
        Counted counts = new Counted();
        DataKeyWrapping wrapping = harness().readyVault().dataKeyWrapping(counts);
        WrappedKey wrapped = wrapping.wrap(DATA_KEY, CONTEXT);
        assertThat(wrapped.label()).isEqualTo("kms.store.session.1");
        assertThat(wrapped.ciphertext().size()).isEqualTo(48);
        assertThat(wrapping.unwrap(wrapped, CONTEXT)).contains(DATA_KEY);
        assertThat(wrapping.wrap(DATA_KEY, CONTEXT).iv()).isNotEqualTo(wrapped.iv());
        assertThat(counts.seals).containsExactly("kms.store.session.1", "kms.store.session.1");
    }

    @Test
    default void unwrapsNoDataKeyThatWasAlteredOrMoved() {
        TokenVault vault = harness().readyVault();
        DataKeyWrapping wrapping = vault.dataKeyWrapping(new Counted());
        WrappedKey wrapped = wrapping.wrap(DATA_KEY, CONTEXT);
        byte[] altered = wrapped.ciphertext().toByteArray();
        altered[altered.length - 1] ^= 1;
        assertThat(wrapping.unwrap(new WrappedKey(wrapped.label(), wrapped.iv(), Octets.copyOf(altered)), CONTEXT))
                .isEmpty();
        assertThat(wrapping.unwrap(wrapped, DATA_KEY)).isEmpty();
        vault.completeKeys(List.of(), List.of("kms.store.session.1"));
        assertThat(wrapping.unwrap(new WrappedKey("kms.store.session.2", wrapped.iv(), wrapped.ciphertext()), CONTEXT))
                .isEmpty();
        assertThat(wrapping.unwrap(new WrappedKey("kms.store.client.1", wrapped.iv(), wrapped.ciphertext()), CONTEXT))
                .isEmpty();
    }

    @Test
    default void wrapsUnderTheNewestKeyAndUnwrapsUnderAll() {
        TokenVault vault = harness().readyVault();
        DataKeyWrapping wrapping = vault.dataKeyWrapping(new Counted());
        WrappedKey first = wrapping.wrap(DATA_KEY, CONTEXT);
        List<String> used = List.of("kms.store.session.1");
        assertThat(vault.completeKeys(used, used)).containsExactly("kms.store.session.2");
        assertThat(wrapping.wrap(DATA_KEY, CONTEXT).label()).isEqualTo("kms.store.session.2");
        assertThat(wrapping.unwrap(first, CONTEXT)).contains(DATA_KEY);
    }

    @Test
    default void wrapsNoMoreUnderAKeyThatIsUsedUp() {
        Counted counts = new Counted();
        DataKeyWrapping wrapping = harness().readyVault().dataKeyWrapping(counts);
        counts.before = SealCounts.MOST - 1;
        wrapping.wrap(DATA_KEY, CONTEXT);
        assertRefused(KmsErrorCode.NOT_READY, () -> wrapping.wrap(DATA_KEY, CONTEXT));
    }

    @Test
    default void findsAKeyThatAnotherNodeHasMade() {
        TokenVault vault = harness().readyVault();
        harness().removeKey("kms.store.session.1");
        DataKeyWrapping here = harness().activeVault().dataKeyWrapping(new Counted());
        assertRefused(KmsErrorCode.NOT_READY, () -> here.wrap(DATA_KEY, CONTEXT));
        assertThat(vault.completeKeys(List.of(), List.of())).containsExactly("kms.store.session.1");
        assertThat(here.wrap(DATA_KEY, CONTEXT).label()).isEqualTo("kms.store.session.1");
    }

    @Test
    default void tellsWhenAnActivationEnds() {
        TokenVault vault = harness().readyVault();
        DataKeyWrapping wrapping = vault.dataKeyWrapping(new Counted());
        List<Long> ended = new ArrayList<>();
        wrapping.whenEnded(ended::add);
        long first = wrapping.activation();
        WrappedKey wrapped = wrapping.wrap(DATA_KEY, CONTEXT);
        vault.deactivate("test");
        assertThat(ended).containsExactly(first);
        assertRefused(KmsErrorCode.NOT_READY, wrapping::activation);
        assertRefused(KmsErrorCode.NOT_READY, () -> wrapping.wrap(DATA_KEY, CONTEXT));
        assertRefused(KmsErrorCode.NOT_READY, () -> wrapping.unwrap(wrapped, CONTEXT));
        vault.activate(harness().pin(), List.of());
        assertThat(wrapping.activation()).isGreaterThan(first);
        assertThat(wrapping.unwrap(wrapped, CONTEXT)).contains(DATA_KEY);
    }
}
