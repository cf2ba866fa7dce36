package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.DecapsulationException;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretScalar;

/** Random masters, identities and secrets; a failure names the seed of its round. */
class SakkePropertyTest {
    private static final long FIRST_SEED = 6508;

    /** Masters are few, since each costs a multiplication and a check of the order; users and secrets differ in each round. */
    private static final int ROUNDS_PER_MASTER = 25;

    @Test
    void opensWhatWasEncapsulatedAndNothingElse() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + Fixtures.roundTrips(); seed += ROUNDS_PER_MASTER) {
            SecureRandom random = Fixtures.seeded(seed);
            try (KmsMasterSecret z = KmsMasterSecret.takeFrom(Fixtures.bytes(random, 127))) {
                KmsPublicKey zT = z.publicKey();
                long end = Math.min(seed + ROUNDS_PER_MASTER, FIRST_SEED + Fixtures.roundTrips());
                for (long round = seed; round < end; round++) {
                    roundTrip(round, z, zT);
                }
            }
        }
    }

    private static void roundTrip(long seed, KmsMasterSecret z, KmsPublicKey zT) {
        SecureRandom random = Fixtures.seeded(-seed);
        Octets identity = identity(random, seed);
        Octets secret = secret(random, seed);
        try (SecretScalar k = SakkeExtraction.inverse(identity, z);
                ReceiverSecretKey rsk = SakkeExtraction.rsk(k);
                SharedSecretValue ssv = SharedSecretValue.takeFrom(secret.toByteArray())) {
            EncapsulatedData data = Sakke.encapsulate(ssv, identity, zT);
            int bit = random.nextInt(8 * EncapsulatedData.OCTETS);
            EncapsulatedData altered = new EncapsulatedData(Fixtures.flipped(data.octets(), bit));
            int hintBit = random.nextInt(128);
            EncapsulatedData otherHint = new EncapsulatedData(Fixtures.flipped(data.octets(), hintBit));

            assertThat(SakkeExtraction.isConsistent(identity, z, k, rsk, random))
                    .as("consistency, seed %d", seed)
                    .isTrue();
            assertThat(SakkeKeyCheck.isValid(identity, rsk, zT))
                    .as("key check, seed %d", seed)
                    .isTrue();
            try (SharedSecretValue opened = Sakke.decapsulate(data, rsk, identity, zT)) {
                assertThat(opened.use(Octets::copyOf)).as("seed %d", seed).isEqualTo(secret);
            }
            assertThatThrownBy(() -> Sakke.decapsulate(altered, rsk, identity, zT))
                    .as("bit %d flipped, seed %d", bit, seed)
                    .isInstanceOf(DecapsulationException.class);
            assertThatThrownBy(() -> Sakke.decapsulate(otherHint, rsk, identity, zT))
                    .as("bit %d of the hint flipped, seed %d", hintBit, seed)
                    .isInstanceOf(DecapsulationException.class);
        }
    }

    private static Octets identity(SecureRandom random, long seed) {
        Octets octets = Octets.copyOf(Fixtures.bytes(random, 32));
        return switch ((int) (seed % 5)) {
            case 0 -> Octets.fromHex("FF").concat(octets.slice(1, 32));
            case 1 -> Octets.fromHex("000000").concat(octets.slice(3, 32));
            case 2 -> Octets.ofAscii(octets.toHex());
            case 3 -> octets.slice(0, 1);
            default -> octets;
        };
    }

    private static Octets secret(SecureRandom random, long seed) {
        Octets octets = Octets.copyOf(Fixtures.bytes(random, 16));
        return switch ((int) (seed % 7)) {
            case 0 -> Octets.copyOf(new byte[16]);
            case 1 -> Octets.fromHex("0000").concat(octets.slice(2, 16));
            case 2 -> Octets.fromHex("FF".repeat(16));
            case 3 -> Octets.fromHex("80").concat(Octets.copyOf(new byte[15]));
            default -> octets;
        };
    }

    @Test
    void encapsulatesToManyAsToEach() {
        SecureRandom random = Fixtures.seeded(12);
        KmsPublicKey zT = Fixtures.publicZT();
        List<Octets> identities = IntStream.range(0, 14)
                .mapToObj(i -> Octets.copyOf(Fixtures.bytes(random, 32)))
                .toList();
        try (SharedSecretValue ssv = SharedSecretValue.random(random)) {
            List<EncapsulatedData> each = identities.stream()
                    .map(identity -> Sakke.encapsulate(ssv, identity, zT))
                    .toList();

            assertThat(Sakke.encapsulateAll(ssv, identities, zT)).isEqualTo(each);
            assertThat(Sakke.encapsulateAll(ssv, identities.subList(0, 3), zT)).isEqualTo(each.subList(0, 3));
            assertThat(Sakke.encapsulateAll(ssv, List.of(), zT)).isEmpty();
        }
    }

    @Test
    void extractsForManyAsForEach() {
        List<Octets> identities = List.of(Octets.ofAscii("alice"), Octets.ofAscii("bob"));
        try (KmsMasterSecret z = Fixtures.zT()) {
            List<ReceiverSecretKey> keys = SakkeExtraction.extractAll(identities, z);
            for (int i = 0; i < identities.size(); i++) {
                try (ReceiverSecretKey single = SakkeExtraction.extract(identities.get(i), z);
                        ReceiverSecretKey key = keys.get(i)) {
                    assertThat(key.use(Octets::copyOf)).isEqualTo(single.use(Octets::copyOf));
                }
            }
            assertThat(keys).hasSize(2);
            assertThat(SakkeExtraction.extractAll(List.of(), z)).isEmpty();
        }
    }

    @Test
    void drawsSecretsFromTheGivenRandomness() {
        byte[] expected = Fixtures.bytes(Fixtures.seeded(5), 16);
        try (SharedSecretValue ssv = SharedSecretValue.random(Fixtures.seeded(5));
                SharedSecretValue same = SharedSecretValue.random(Fixtures.seeded(5));
                SharedSecretValue other = SharedSecretValue.random(Fixtures.seeded(6))) {
            boolean asExpected = ssv.use(octets -> Arrays.equals(octets, expected));

            assertThat(asExpected).isTrue();
            assertThat(ssv.constantTimeEquals(same)).isTrue();
            assertThat(ssv.constantTimeEquals(other)).isFalse();
        }
    }
}
