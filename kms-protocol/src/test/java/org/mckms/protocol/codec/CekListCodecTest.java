package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mckms.protocol.cek.CekSamples.KEY_ID;
import static org.mckms.protocol.cek.CekSamples.OTHER_KEY_ID;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.JdkSignature;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekSamples;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.xml.KmsSchema;

/** Content encryption keys in answers, there and back. */
class CekListCodecTest {
    private static final String PLACEHOLDER = "urn:example:ns:mckms:cek:1.0";

    /** The sample has a placeholder for the namespace and knows no revisions. */
    @Test
    void readsTheSampleUnderOurNamespace() throws IOException {
        String sample = Samples.text(Samples.KEYPROV_WITH_CEK)
                .replace(PLACEHOLDER, KmsSchema.CEK_NAMESPACE)
                .replace(" Bits=", " Revision=\"1\" Bits=");

        assertThatCode(() -> KmsSchema.validate(sample.getBytes(UTF_8))).doesNotThrowAnyException();
        try (ReceivedResponse received =
                KmsResponseCodec.read(sample.getBytes(UTF_8), SecurityVectors.receivingKeys())) {
            Cek cek = received.response().ceks().orElseThrow().ceks().get(0);
            assertThat(cek)
                    .usingRecursiveComparison()
                    .ignoringFields("key")
                    .isEqualTo(CekSamples.bare(KEY_ID, CekStatus.ACTIVE));
            assertThat(cek.key().orElseThrow().<byte[]>use(byte[]::clone)).isEqualTo(CekSamples.octets());
            assertThat(received.keysWereWrapped()).isTrue();
        }
    }

    @Test
    void writesTheListOfTheSample() throws IOException {
        String written = text(
                encode(keyProv(new CekList(List.of(CekSamples.bare(KEY_ID, CekStatus.ACTIVE)))), wrapped(), Set.of()));
        String sample = Samples.text(Samples.KEYPROV_WITH_CEK);
        String encrypted = sample.substring(sample.lastIndexOf("<xenc:EncryptedKey "), sample.indexOf("</cek:Cek>"))
                .replaceAll(" xmlns:[a-z]+=\"[^\"]*\"", "")
                .replaceAll("<(xenc:EncryptionMethod) ([^/>]+[^>]*)/>", "<$1 $2></$1>");

        assertThat(written)
                .contains("</KmsKeySet><CekList xmlns=\"urn:mckms:cek:1.0\" Version=\"1.0.0\">"
                        + "<Cek Bits=\"256\" KeyId=\"xNfvv6CINwQHpy03iLoyQA==\" Peer=\"sip:mcptt-server@example.org\""
                        + " Revision=\"1\" Status=\"active\"><ValidFrom>2024-05-18T05:52:26Z</ValidFrom>"
                        + encrypted
                        + "</Cek></CekList></KmsKeyProv>");
        assertThat(encrypted).contains("C39XATKWENRbLHDRNt4RmCeYYf3TMsv2GfZQ77k1h591eL1YPFOU2g==");
    }

    @Test
    void goesThereAndBackBesideKeySetsAndNewKeys() throws Exception {
        byte[] octets = encode(
                new KmsKeyProv(
                        List.of(Fixtures.keySet()),
                        Optional.of(SecurityVectors.newKeys()),
                        Optional.of(CekSamples.list())),
                signedAndWrapped(),
                Set.of());

        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(JdkSignature.validate(octets, SecurityVectors.ink()).valid()).isTrue();
        assertHoldsNoKey(octets);
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertSame(received.response().ceks().orElseThrow(), CekSamples.list());
            assertThat(received.keysWereWrapped()).isTrue();
            KmsKeyProv keyProv = (KmsKeyProv) received.response().message().orElseThrow();
            assertThat(keyProv.keySets()).hasSize(1);
            assertThat(keyProv.newKeys()).isPresent();
        }
    }

    @Test
    void goesThereAndBackAsTheWholeAnswer() throws Exception {
        byte[] octets = encode(CekSamples.list(), signedAndWrapped(), Set.of());

        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(JdkSignature.validate(octets, SecurityVectors.ink()).valid()).isTrue();
        assertHoldsNoKey(octets);
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertThat(received.response().message()).isEmpty();
            assertThat(received.response().error()).isEmpty();
            assertSame((CekList) received.response().answer(), CekSamples.list());
            assertThat(received.keysWereWrapped()).isTrue();
            assertThat(received.wrappedUnder()).containsExactly(SecurityVectors.TRK_NAME);
        }
    }

    @Test
    void anEmptyListIsAnAnswerWithoutKeys() {
        byte[] octets = encode(new CekList(List.of()), signedAndWrapped(), Set.of());

        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertThat(((CekList) received.response().answer()).ceks()).isEmpty();
            assertThat(received.keysWereWrapped()).isFalse();
            assertThat(received.response().hasPrivateKeys()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusGoesThereAndBack(CekStatus status) {
        CekList list = new CekList(List.of(CekSamples.full(status)));
        byte[] octets = encode(list, signedAndWrapped(), Set.of());

        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertSame(received.response().ceks().orElseThrow(), list);
        }
    }

    @Test
    void plainKeysAreWrittenInHexAndCountAsPlain() {
        byte[] octets = encode(CekSamples.list(), ResponseProtection.NONE, Set.of());

        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(text(octets)).contains("<Key>" + CekSamples.vector("cek").toUpperCase(Locale.ROOT) + "</Key>");
        try (ReceivedResponse received = KmsResponseCodec.read(octets, ReceivingKeys.NONE)) {
            assertSame((CekList) received.response().answer(), CekSamples.list());
            assertThat(received.keysWereWrapped()).isFalse();
            assertThat(received.response().hasPrivateKeys()).isTrue();
        }
    }

    @Test
    void onePlainContentKeyMakesAnAnswerWithWrappedKeySetsAPlainOne() {
        String sample = text(encode(keyProv(CekSamples.list()), wrapped(), Set.of()));
        String plain = sample.replaceFirst(
                "(<RefreshAfterMessages>\\d+</RefreshAfterMessages>)<xenc:EncryptedKey>.*?</xenc:EncryptedKey>",
                "$1<Key>" + CekSamples.vector("cek") + "</Key>");
        assertThat(plain).isNotEqualTo(sample);

        try (ReceivedResponse received =
                KmsResponseCodec.read(plain.getBytes(UTF_8), SecurityVectors.receivingKeys())) {
            assertThat(received.keysWereWrapped()).isFalse();
        }
    }

    /** Dialects are for what a deployed client knows; the list has one form. */
    @ParameterizedTest
    @EnumSource(
            value = InteropProfile.class,
            names = {"UID_AS_HEX_TEXT", "UNSIGNED_REQUESTS"},
            mode = EnumSource.Mode.EXCLUDE)
    void isTheSameInEveryDialect(InteropProfile profile) {
        byte[] octets = encode(keyProv(CekSamples.list()), signedAndWrapped(), Set.of(profile));
        String standard = text(encode(keyProv(CekSamples.list()), signedAndWrapped(), Set.of()));

        assertThat(text(octets)).contains(listIn(standard));
        WireRelease release = profile == InteropProfile.REL13 ? WireRelease.REL13 : WireRelease.REL14;
        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys(), release)) {
            assertSame(received.response().ceks().orElseThrow(), CekSamples.list());
        }
    }

    private static String listIn(String document) {
        return document.substring(document.indexOf("<CekList "), document.indexOf("</CekList>"));
    }

    @Test
    void holdsTheMostKeysThatAListMayHave() {
        List<Cek> ceks = IntStream.range(0, CekList.MAX)
                .mapToObj(i -> CekSamples.bare(Octets.fromHex(String.format("%032X", i)), CekStatus.ACTIVE))
                .toList();
        byte[] octets = encode(new CekList(ceks), signedAndWrapped(), Set.of());

        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertThat(((CekList) received.response().answer()).ceks()).hasSize(256);
        }
    }

    @Test
    void valuesThatXmlWouldMistakeGoThroughUnchanged() {
        Cek cek = new Cek(
                OTHER_KEY_ID,
                Long.MAX_VALUE,
                Optional.of("sip:\"al<i>ce\"&'@b\u00F6.example"),
                "sip:s@b;x=\uD83D\uDD11",
                Optional.of("<'&\">"),
                CekStatus.REVOKED,
                CekSamples.FROM,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(Long.MAX_VALUE),
                Optional.empty());
        byte[] octets = encode(new CekList(List.of(cek)), signedAndWrapped(), Set.of());

        try (ReceivedResponse received = KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())) {
            assertThat(((CekList) received.response().answer()).ceks()).containsExactly(cek);
        }
    }

    private static void assertSame(CekList read, CekList expected) {
        assertThat(read.ceks())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("key")
                .isEqualTo(expected.ceks());
        for (int i = 0; i < expected.ceks().size(); i++) {
            Optional<byte[]> key = read.ceks().get(i).key().map(present -> present.use(byte[]::clone));
            assertThat(key.isPresent()).isEqualTo(expected.ceks().get(i).key().isPresent());
            key.ifPresent(octets -> assertThat(octets).isEqualTo(CekSamples.octets()));
        }
    }

    private static void assertHoldsNoKey(byte[] octets) {
        assertThat(text(octets))
                .doesNotContainIgnoringCase(CekSamples.vector("cek"))
                .doesNotContain(Base64.getEncoder().encodeToString(CekSamples.octets()));
    }

    private static KmsKeyProv keyProv(CekList ceks) {
        return new KmsKeyProv(List.of(Fixtures.keySet()), Optional.empty(), Optional.of(ceks));
    }

    private static ResponseProtection wrapped() {
        return new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.empty());
    }

    private static ResponseProtection signedAndWrapped() {
        return new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()));
    }

    private static byte[] encode(KmsAnswer answer, ResponseProtection protection, Set<InteropProfile> profiles) {
        KmsResponse response = new KmsResponse(
                Fixtures.ALICE,
                Fixtures.KMS,
                Fixtures.ANSWERED,
                Optional.empty(),
                Fixtures.ROOT_URL + "keyprov",
                answer);
        return KmsResponseCodec.encode(response, InteropProfile.dialectOf(profiles), protection);
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
