package org.mckms.mikeysakke.sakke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.Fixtures;
import org.mckms.mikeysakke.InvalidKeyMaterialException;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.reference.Curve;
import org.mckms.mikeysakke.vectors.VectorFile;

/** What the types of SAKKE keys and values take, and what they refuse. */
class SakkeKeyMaterialTest {
    private static final String Q = "265EAEC7C2958FF69971846636B4195E905B0338672D20986FA6B8D62CF8068B"
            + "BD02AAC9F8BF03C6C8A1CC354C69672C39E46CE7FDF222864D5B49FD2999A9B4"
            + "389B1921CC9AD335144AB173595A07386DABFD2A0C614AA0A9F3CF14870F026A"
            + "A7E535ABD5A5C7C7FF38FA08E2615F6C203177C42B1EB3A1D99B601EBFAA17FB";
    private static final Octets P = Octets.copyOf(Curve.SAKKE.generator().encode());

    static Stream<Octets> notPointsOfOrderQ() {
        Stream<Octets> malformed = Stream.of(
                Octets.fromHex(""),
                Octets.fromHex("00"),
                Octets.copyOf(new byte[257]),
                P.slice(0, 256),
                P.concat(Octets.fromHex("00")),
                Octets.fromHex("02").concat(P.slice(1, 129)),
                Octets.fromHex("06").concat(P.slice(1, 257)),
                Fixtures.flipped(P, 0),
                Fixtures.flipped(P, 2000),
                P.slice(0, 129).concat(Octets.fromHex("FF".repeat(128))),
                Octets.fromHex("04" + "FF".repeat(128)).concat(P.slice(129, 257)));
        Stream<Octets> ofWrongOrder = VectorFile.load("field/wrong-order-selfmade.json").cases().stream()
                .map(row -> row.octets("point"));
        return Stream.concat(malformed, ofWrongOrder);
    }

    @ParameterizedTest
    @MethodSource("notPointsOfOrderQ")
    void rejectsKeysThatAreNoPointsOfOrderQ(Octets octets) {
        byte[] rsk = octets.toByteArray();

        assertThatThrownBy(() -> new KmsPublicKey(octets)).isInstanceOf(InvalidKeyMaterialException.class);
        assertThatThrownBy(() -> ReceiverSecretKey.takeFrom(rsk)).isInstanceOf(InvalidKeyMaterialException.class);
        assertThat(rsk).isEqualTo(new byte[octets.size()]);
    }

    @Test
    void takesAReceiverSecretKeyAndZeroesTheSource() {
        byte[] source = P.toByteArray();
        try (ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(source)) {
            assertThat(source).containsOnly(0);
            assertThat(rsk.use(Octets::copyOf)).isEqualTo(P);
            assertThat(rsk).hasToString("ReceiverSecretKey[hidden]");
        }
    }

    @Test
    void aCopyOfAReceiverSecretKeyIsWipedByItself() {
        ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(P.toByteArray());
        try (ReceiverSecretKey copy = rsk.copy()) {
            rsk.close();
            assertThat(copy.use(Octets::copyOf)).isEqualTo(P);
        }

        assertThatThrownBy(rsk::copy).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "01", Q, "00" + Q, "00" + "00"})
    void rejectsMasterSecretsOutOfRangeAndWipesThem(String hex) {
        byte[] source = Octets.fromHex(hex).toByteArray();

        assertThatThrownBy(() -> KmsMasterSecret.takeFrom(source)).isInstanceOf(InvalidKeyMaterialException.class);
        assertThat(source).isEqualTo(new byte[source.length]);
    }

    @Test
    void rejectsMasterSecretsAboveQAndOfTooManyOctets() {
        byte[] qPlus1 =
                Fixtures.flipped(Fixtures.flipped(Octets.fromHex(Q), 0), 2).toByteArray();
        byte[] tooLong = Octets.fromHex("00".repeat(128) + "05").toByteArray();

        assertThatThrownBy(() -> KmsMasterSecret.takeFrom(qPlus1)).isInstanceOf(InvalidKeyMaterialException.class);
        assertThatThrownBy(() -> KmsMasterSecret.takeFrom(tooLong)).isInstanceOf(InvalidKeyMaterialException.class);
        assertThat(tooLong).containsOnly(0);
    }

    @Test
    void padsAMasterSecretOnTheLeft() {
        byte[] source = {2};
        try (KmsMasterSecret z = KmsMasterSecret.takeFrom(source)) {
            assertThat(source).containsOnly(0);
            assertThat(z.use(Octets::copyOf)).isEqualTo(Octets.fromHex("00".repeat(127) + "02"));
            assertThat(z).hasToString("KmsMasterSecret[hidden]");
        }
    }

    @Test
    void takesQMinus1AsMasterSecret() {
        // the point -P: q is odd, so that its last bit alone makes q - 1
        try (KmsMasterSecret z =
                KmsMasterSecret.takeFrom(Fixtures.flipped(Octets.fromHex(Q), 0).toByteArray())) {
            Octets minusP = Octets.copyOf(Curve.SAKKE.generator().negate().encode());

            assertThat(z.publicKey().octets()).isEqualTo(minusP);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 32})
    void rejectsSharedSecretsOfAnotherLength(int octets) {
        byte[] source = Fixtures.bytes(Fixtures.seeded(9), octets);

        assertThatThrownBy(() -> SharedSecretValue.takeFrom(source)).isInstanceOf(InvalidValueException.class);
        assertThat(source).isEqualTo(new byte[octets]);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 257, 272, 274})
    void rejectsEncapsulatedDataOfAnotherLength(int octets) {
        assertThatThrownBy(() -> new EncapsulatedData(Octets.copyOf(new byte[octets])))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void refusesClosedSecrets() {
        KmsMasterSecret z = Fixtures.zT();
        SharedSecretValue ssv = SharedSecretValue.takeFrom(new byte[16]);
        ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(P.toByteArray());
        KmsPublicKey zT = z.publicKey();
        Octets identity = Octets.ofAscii("alice");
        EncapsulatedData data = Sakke.encapsulate(ssv, identity, zT);
        z.close();
        ssv.close();
        rsk.close();

        assertThatThrownBy(() -> z.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(z::publicKey).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SakkeExtraction.extract(identity, z)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ssv.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Sakke.encapsulate(ssv, identity, zT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> rsk.use(Octets::copyOf)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SakkeKeyCheck.isValid(identity, rsk, zT)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Sakke.decapsulate(data, rsk, identity, zT)).isInstanceOf(IllegalStateException.class);
        assertThat(ssv).hasToString("SharedSecretValue[hidden]");
    }
}
