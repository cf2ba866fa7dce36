package org.mckms.protocol.cms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class DerTest {
    private static final Instant TIME = Instant.parse("2026-05-08T12:34:56Z");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536, 100_000})
    void writesWhatBouncyCastleWrites(int octets) throws IOException {
        byte[] ours = DerWriter.sequence(out -> out.text("grün")
                .small(7)
                .time(TIME)
                .inner(inside -> inside.octets(new byte[octets]))
                .tagged(3, inside -> inside.small(127)));

        assertThat(ours)
                .isEqualTo(new DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                            new DERUTF8String("grün"),
                            new ASN1Integer(7),
                            new ASN1GeneralizedTime("20260508123456Z"),
                            new DERSequence(new DEROctetString(new byte[octets])),
                            new DERTaggedObject(false, 3, new DERSequence(new ASN1Integer(127)))
                        })
                        .getEncoded("DER"));
        assertThatCode(() -> DerShape.check(ours, ours.length)).doesNotThrowAnyException();
    }

    @Test
    void readsWhatItWrites() {
        byte[] der = DerWriter.sequence(out -> out.text("grün")
                .small(7)
                .time(TIME)
                .inner(inside -> inside.octets(new byte[] {1, 2}))
                .tagged(3, inside -> inside.small(127)));

        assertThat(DerReader.<Boolean>sequence(der, in -> {
                    assertThat(in.text("text", 5)).isEqualTo("grün");
                    assertThat(in.small("number")).isEqualTo(7);
                    assertThat(in.time("time")).isEqualTo(TIME);
                    assertThat(in.<byte[]>inner("octets", inside -> inside.octets("octets", 2)))
                            .containsExactly(1, 2);
                    assertThat(in.tagged(2, "other", inside -> inside.small("number")))
                            .isEmpty();
                    assertThat(in.tagged(3, "tagged", inside -> inside.small("number")))
                            .contains(127);
                    return in.more();
                }))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "30, no length",
        "3000 00, left over",
        "3003040141 00, left over",
        "30020500, another type",
        "3003040241, cut off",
        "30040481 0141, length not shortest",
        "3006048300000141, length not shortest",
        "30800401410000, indefinite length",
        "3005048400000001, length of four octets",
        "300604010204 0103, more than was asked for",
        "3005040341 4242, more octets than accepted"
    })
    void refusesOtherOctets(String hex, String why) {
        byte[] der = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> DerReader.sequence(der, in -> in.octets("value", 2)))
                .as(why)
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    @ParameterizedTest
    @CsvSource({"30060201 80 020100, negative number", "300402020080, number of two octets", "30020200, number of none"
    })
    void refusesOtherNumbers(String hex, String why) {
        byte[] der = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> DerReader.sequence(der, in -> in.small("value")))
                .as(why)
                .isInstanceOf(KmsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "180F32303236303530383132333435365A",
                "18083230323630353038",
                "180F32303236313330383132333435365A"
            })
    void readsTimesInSecondsOnly(String hex) {
        byte[] time = HexFormat.of().parseHex(hex);
        byte[] der = new byte[2 + time.length];
        der[0] = 0x30;
        der[1] = (byte) time.length;
        System.arraycopy(time, 0, der, 2, time.length);

        if (hex.startsWith("180F323032363035")) {
            assertThat(DerReader.<Instant>sequence(der, in -> in.time("time"))).isEqualTo(TIME);
        } else {
            assertThatThrownBy(() -> DerReader.sequence(der, in -> in.time("time")))
                    .isInstanceOf(KmsException.class);
        }
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] der = HexFormat.of().parseHex("30040C02C341");

        assertThatThrownBy(() -> DerReader.sequence(der, in -> in.text("text", 10)))
                .isInstanceOf(KmsException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty",
        "30, no length",
        "1F8101 0141, high tag",
        "3080 0401410000, indefinite length",
        "308103040141, length not shortest",
        "30820003040141, length not shortest",
        "3085000000000304, length of five octets",
        "3004040141, cut off",
        "3003040241, inside beyond outside",
        "040141 00, left over"
    })
    void shapeRefuses(String hex, String why) {
        byte[] der = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> DerShape.check(der, 100))
                .as(why)
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST));
    }

    @Test
    void shapeIsNeitherLargeNorDeepNorBroad() {
        byte[] deep = new byte[0];
        for (int i = 0; i < 24; i++) {
            deep = wrap(deep);
        }
        byte[] deepest = deep;
        byte[] broad = wrap(new byte[2 * 1999]);
        for (int i = broad.length - 2 * 1999; i < broad.length; i += 2) {
            broad[i] = 5;
        }

        DerShape.check(deepest, 1000);
        DerShape.check(broad, 10_000);
        assertThatThrownBy(() -> DerShape.check(wrap(deepest), 1000)).isInstanceOf(KmsException.class);
        assertThatThrownBy(() -> DerShape.check(wrap(wrap(broad)), 10_000)).isInstanceOf(KmsException.class);
        assertThatThrownBy(() -> DerShape.check(broad, broad.length - 1))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.BODY_TOO_LARGE));
    }

    private static byte[] wrap(byte[] content) {
        try {
            byte[] header = new DEROctetString(content).getEncoded();
            header[0] = 0x30;
            return header;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
