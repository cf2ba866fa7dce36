package org.mckms.kms.domain.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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

    @Test
    void drawsKeysOf256BitsAndKeyIdsOf128() {
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

    @Test
    void isSeededByTheTokenBeforeTheFirstKeyAndAgainAfterTenMinutes() {
        assertThat(seeds.given).isEmpty();
        generator.keyId();
        assertThat(seeds.given).hasSize(1).allMatch(seed -> seed.length == 48);

        time.pass(Duration.ofMinutes(10).minusMillis(1));
        generator.keyId();
        assertThat(seeds.given).hasSize(1);
        time.pass(Duration.ofMillis(1));
        generator.keyId();
        assertThat(seeds.given).hasSize(2);
        assertThat(seeds.given.get(0)).isNotEqualTo(seeds.given.get(1));
    }

    @Test
    void isSeededAgainAfterSomeThousandKeys() {
        for (int i = 0; i < CekGenerator.RESEED_AFTER_KEYS; i++) {
            generator.keyId();
        }
        assertThat(seeds.given).hasSize(1);
        generator.keyId();
        assertThat(seeds.given).hasSize(2);
    }

    @Test
    void drawsNothingWithoutTheTokenWhenASeedIsDue() {
        generator.keyId();
        vault.deactivate("test");
        generator.keyId();
        time.pass(CekGenerator.RESEED_AFTER);

        assertThatExceptionOfType(KmsException.class).isThrownBy(generator::key).satisfies(e -> assertThat(e.code())
                .isEqualTo(KmsErrorCode.NOT_READY));
    }
}
