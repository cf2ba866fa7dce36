package org.mckms.kms.domain.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mckms.kms.domain.TokenServices;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class CekGeneratorTest {

    private final ManualTime time = new ManualTime();
    private final Seeds seeds = new Seeds();
    private final InMemoryMasterSecretVault vault = InMemoryMasterSecretVault.ready();
    private final CekGenerator generator = new CekGenerator(seeds, vault, time);

    /** Counts what it is seeded with. */
    private static final class Seeds extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final transient List<byte[]> given = new ArrayList<>();

        @Override
        public void setSeed(byte[] seed) {
            if (given != null) {
                given.add(seed.clone());
            }
            super.setSeed(seed);
        }
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private void prepareAndDraw() {
        generator.prepare();
        generator.keyId();
    }

    private void refuses(KmsErrorCode code) {
        assertThatExceptionOfType(KmsException.class).isThrownBy(generator::key).satisfies(e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void drawsKeysOf256BitsAndKeyIdsOf128() {
        generator.prepare();
        try (SecretOctets one = generator.key();
                SecretOctets other = generator.key()) {
            assertThat(one.size()).isEqualTo(32);
            assertThat(one.<Octets>use(Octets::copyOf)).isNotEqualTo(other.<Octets>use(Octets::copyOf));
        }
        Set<Octets> keyIds = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            keyIds.add(generator.keyId());
        }
        assertThat(keyIds).hasSize(1000).allMatch(id -> id.size() == 16);
    }

    /** 2026-03-01T12:00:00Z is 1772366400000 ms after 1970. */
    @Test
    void keyIdsBeginWithTheTime() {
        generator.prepare();
        String one = generator.keyId().toHex();
        String other = generator.keyId().toHex();
        time.pass(Duration.ofMillis(1));
        String later = generator.keyId().toHex();

        assertThat(List.of(one, other)).allMatch(id -> id.startsWith("019CA9450A00"));
        assertThat(one.substring(12)).isNotEqualTo(other.substring(12));
        assertThat(later).startsWith("019CA9450A01");
    }

    @Test
    void isSeededByTheTokenBeforeTheFirstKeyAndAgainAfterTenMinutes() {
        assertThat(seeds.given).isEmpty();
        prepareAndDraw();
        assertThat(seeds.given).hasSize(1).allMatch(seed -> seed.length == 48);

        time.pass(Duration.ofMinutes(10).minusMillis(1));
        prepareAndDraw();
        assertThat(seeds.given).hasSize(1);
        time.pass(Duration.ofMillis(1));
        prepareAndDraw();
        assertThat(seeds.given).hasSize(2);
        assertThat(seeds.given.get(0)).isNotEqualTo(seeds.given.get(1));
    }

    @Test
    void isSeededAgainAfterSomeThousandKeys() {
        for (int i = 0; i < CekGenerator.RESEED_AFTER_KEYS; i++) {
            prepareAndDraw();
        }
        assertThat(seeds.given).hasSize(1);
        prepareAndDraw();
        assertThat(seeds.given).hasSize(2);
    }

    /** Who draws holds locks: nobody waits for the token there. */
    @Test
    void drawingNeverAsksTheToken() {
        refuses(KmsErrorCode.NOT_READY);
        assertThat(seeds.given).isEmpty();
        prepareAndDraw();
        time.pass(CekGenerator.RESEED_AFTER);
        generator.keyId();
        for (int i = 0; i < CekGenerator.RESEED_AFTER_KEYS; i++) {
            generator.keyId();
        }
        assertThat(seeds.given).hasSize(1);
    }

    @Test
    void drawsForAWhileWithoutTheTokenAndThenNothing() {
        prepareAndDraw();
        vault.deactivate("test");
        time.pass(CekGenerator.RESEED_AFTER.plus(CekGenerator.GRACE).minusMillis(1));
        prepareAndDraw();
        time.pass(Duration.ofMillis(1));
        generator.prepare();

        refuses(KmsErrorCode.NOT_READY);
    }

    @Test
    void aTokenThatFailsIsAskedAgainAfterAPause() {
        AtomicInteger asked = new AtomicInteger();
        TokenServices failing = (TokenServices) Proxy.newProxyInstance(
                TokenServices.class.getClassLoader(), new Class<?>[] {TokenServices.class}, (proxy, method, given) -> {
                    asked.incrementAndGet();
                    throw new KmsException(KmsErrorCode.HSM_UNAVAILABLE, "the token does not answer");
                });
        CekGenerator without = new CekGenerator(seeds, failing, time);

        without.prepare();
        time.pass(CekGenerator.PAUSE.minusMillis(1));
        without.prepare();
        assertThat(asked).hasValue(1);
        time.pass(Duration.ofMillis(1));
        without.prepare();
        assertThat(asked).hasValue(2);
        assertThatExceptionOfType(KmsException.class).isThrownBy(without::keyId).satisfies(e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.HSM_UNAVAILABLE));
    }
}
