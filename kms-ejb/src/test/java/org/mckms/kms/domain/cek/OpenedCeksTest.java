package org.mckms.kms.domain.cek;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;

class OpenedCeksTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final CekScope SCOPE =
            new CekScope("sip:alice@example.org", "sip:mcptt@example.org", Optional.empty());

    private static CekRecord made(int number) {
        Octets keyId = Octets.fromHex("%032X".formatted(number));
        return CekPolicy.STANDARD.fresh(keyId, SCOPE, Optional.empty(), Optional.empty(), NOW);
    }

    private static OpenedCek ended(int number) {
        return OpenedCek.ended(made(number).ended(CekEnding.LOGGED_OFF, NOW.plus(Duration.ofMinutes(1))));
    }

    private static OpenedCek live(int number) {
        return new OpenedCek(made(number), Optional.of(SecretOctets.takeFrom(new byte[32])));
    }

    @Test
    void endedKeysAreLeftOutBeforeLiveOnes() {
        try (OpenedCeks ceks = new OpenedCeks()) {
            for (int i = 0; i < CekList.MAX; i++) {
                ceks.add(ended(i));
            }
            ceks.add(live(CekList.MAX));

            try (CekList list = ceks.to(SCOPE.userUri(), CekPolicy.STANDARD)) {
                assertThat(list.ceks()).hasSize(CekList.MAX);
                assertThat(list.ceks().get(CekList.MAX - 1).status()).isEqualTo(CekStatus.PENDING);
                assertThat(list.ceks()).extracting(cek -> cek.keyId().toHex()).isSorted();
            }
        }
    }

    @Test
    void keepsTheOrderOfAPage() {
        try (OpenedCeks ceks = new OpenedCeks()) {
            ceks.add(ended(1));
            ceks.add(live(2));

            try (CekList list = ceks.to(SCOPE.serverUri(), CekPolicy.STANDARD)) {
                assertThat(list.ceks()).extracting(Cek::status).containsExactly(CekStatus.REVOKED, CekStatus.PENDING);
            }
        }
    }
}
