package org.mckms.platform.datakey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnwrappedKeysTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final UnwrappedKeys keys = new UnwrappedKeys(Duration.ofMinutes(10));

    private static DataKey key() {
        return DataKey.derive(UUID.randomUUID(), new byte[DataKey.OCTETS]);
    }

    @Test
    void lendsCopiesThatOutliveItsOwn() {
        DataKey key = key();
        keys.keep(1, key, NOW);
        key.close();
        DataKey lent = keys.lend(1, key.id(), NOW).orElseThrow();
        keys.end(1);

        assertThat(lent.mac(new byte[1])).hasSize(32);
        lent.close();
        assertThatThrownBy(() -> lent.mac(new byte[1])).isInstanceOf(IllegalStateException.class);
        assertThat(keys.size()).isZero();
    }

    @Test
    void takesNothingOfAnActivationThatHasEnded() {
        keys.end(1);
        DataKey late = key();
        keys.keep(1, late, NOW);

        assertThat(keys.size()).isZero();
        assertThat(keys.lend(1, late.id(), NOW)).isEmpty();
        keys.keep(2, late, NOW);
        assertThat(keys.lend(2, late.id(), NOW)).isPresent();
    }

    @Test
    void dropsTheKeysOfFormerActivationsWithTheFirstOfTheNext() {
        DataKey first = key();
        DataKey second = key();
        keys.keep(1, first, NOW);
        keys.keep(2, second, NOW);

        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.lend(2, first.id(), NOW)).isEmpty();
        assertThat(keys.lend(1, first.id(), NOW)).isEmpty();
    }

    @Test
    void keepsTheMostRecentlyUsed() {
        DataKey first = key();
        keys.keep(1, first, NOW);
        DataKey second = key();
        keys.keep(1, second, NOW);
        for (int i = 2; i < UnwrappedKeys.MOST; i++) {
            keys.keep(1, key(), NOW);
        }
        assertThat(keys.lend(1, first.id(), NOW)).isPresent();
        keys.keep(1, key(), NOW);

        assertThat(keys.size()).isEqualTo(UnwrappedKeys.MOST);
        assertThat(keys.lend(1, first.id(), NOW)).isPresent();
        assertThat(keys.lend(1, second.id(), NOW)).isEmpty();
    }
}
