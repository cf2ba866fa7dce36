package org.mckms.mikeysakke.mikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.mikeysakke.sakke.SakkeDecapsulator;
import org.mckms.mikeysakke.sakke.SharedSecretValue;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.mikeysakke.vectors.UsesVectors;
import org.mckms.mikeysakke.vectors.VectorCase;
import org.mckms.mikeysakke.vectors.VectorFile;

/** A message of the last second of a period, read when the next one has begun: its own timestamp decides the keys. */
@UsesVectors("identity/key-period.json")
class PeriodChangeTest {
    private static final String GMS = "sip:gms@example.org";
    private static final String ALICE = "sip:alice@example.org";
    private static final KeyIdentifier GMK_ID = KeyIdentifier.of(Octets.fromHex("028a86b1"));
    private static final Octets GMK = Octets.fromHex("1c1cc8994d7c1d23f4b1018ab3585fb4");

    @TestFactory
    Stream<DynamicTest> opensAMessageOfTheOldPeriodWithTheKeysOfThatPeriod() {
        return VectorFile.load("identity/key-period.json").tests(row -> {
            TestDomain domain = domain(row);
            NtpTimestamp last = NtpTimestamp.of(Instant.parse(row.text("periodLastSecondUtc")));
            NtpTimestamp next = NtpTimestamp.of(last.toInstant().plusSeconds(1));
            MikeyMessage message = message(domain, last);
            NtpTimestamp stamped = message.timestamp();

            assertThat(stamped).isEqualTo(last);
            assertThat(domain.uid(ALICE, stamped)).isNotEqualTo(domain.uid(ALICE, next));
            assertThat(message.verifies(domain.verifier(), domain.uid(GMS, stamped)))
                    .isTrue();
            assertThat(message.verifies(domain.verifier(), domain.uid(GMS, next)))
                    .isFalse();
            try (SakkeDecapsulator old = domain.decapsulator(ALICE, stamped);
                    SharedSecretValue ssv = old.decapsulate(message.sakke());
                    OpenedKey opened = message.open(ssv, ALICE)) {
                assertThat(opened.keyId()).isEqualTo(GMK_ID);
                assertThat(opened.key().use(Octets::copyOf)).isEqualTo(GMK);
            }
            try (SakkeDecapsulator fresh = domain.decapsulator(ALICE, next)) {
                assertThatThrownBy(() -> fresh.decapsulate(message.sakke())).isInstanceOf(DecapsulationException.class);
            }
        });
    }

    private static TestDomain domain(VectorCase row) {
        return new TestDomain(new KeyPeriodSchedule(row.number("userKeyPeriod"), row.number("userKeyOffset")));
    }

    private static MikeyMessage message(TestDomain domain, NtpTimestamp time) {
        try (SecretOctets key = SecretOctets.takeFrom(GMK.toByteArray())) {
            KeyToSend gmk = KeyToSend.withParameters(
                    GMK_ID,
                    key,
                    Octets.fromHex("82f3e9c695dc6b8d1b11818d5701919e"),
                    KeyParameters.of(KeyPurpose.GMK, List.of()),
                    MessageProfile.DEFAULT);
            return domain.sender(GMS, time, Fixtures.seeded(21))
                    .send(gmk, domain.encapsulator(), domain.recipient(ALICE, time), time);
        }
    }
}
