package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mckms.protocol.Fixtures.ALICE;
import static org.mckms.protocol.Fixtures.ANSWERED;
import static org.mckms.protocol.Fixtures.KMS;
import static org.mckms.protocol.Fixtures.ROOT_URL;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xmlunit.builder.DiffBuilder;
import org.xmlunit.diff.Diff;

class KmsResponseCodecTest {
    private static final KmsInit INIT = new KmsInit(Fixtures.certificate(Role.ROOT, KMS, "example.org"));
    private static final KmsError ERROR = KmsError.of(KmsErrorCode.NOT_FOUND, "no certificate for the requested KMS");
    private static final KmsCertCache CACHE = new KmsCertCache(
            OptionalLong.of(4),
            List.of(
                    Fixtures.certificate(Role.EXTERNAL, "kms.partner.example", "partner.example"),
                    Fixtures.certificate(Role.EXTERNAL, "kms.other.example", "other.example")));

    @Test
    void readsTheInitSample() throws IOException {
        try (ReceivedResponse received =
                KmsResponseCodec.read(Samples.octets(Samples.INIT), SecurityVectors.receivingKeys())) {
            KmsInit init = (KmsInit) received.response().message().orElseThrow();
            assertThat(init.certificate()).isEqualTo(INIT.certificate());
            assertThat(init.newKeys().orElseThrow().transportKey().name()).isEqualTo(SecurityVectors.NEW_TRK_NAME);
            assertThat(received.signature()).isEmpty();
            assertThat(received.keysWereWrapped()).isFalse();
            assertThat(received.wrappedUnder()).containsExactly(SecurityVectors.TRK_NAME);
        }
    }

    @Test
    void writesTheInitSampleButForItsNewKeysAndTheDefaultOfAnAttribute() throws IOException {
        Document sample = HardenedXml.parse(Samples.changed(Samples.INIT, " xsi:type=\"KmsInitTkIkType\"", ""));
        remove(sample, "NewTransportKey");
        remove(sample, "NewIntegrityKey");
        element(sample, "KmsCertificate").removeAttribute("IsSecurityGateway");
        assertSameAs(sample, response("init", INIT));
    }

    @Test
    void readsAndWritesTheErrorSample() throws IOException {
        KmsResponse response = response("cert/kms.unknown.example", ERROR);
        assertThat(KmsResponseCodec.decode(Samples.octets(Samples.ERROR))).isEqualTo(response);
        assertSameAs(HardenedXml.parse(Samples.octets(Samples.ERROR)), response);
        assertThat(response.error()).contains(ERROR);
        assertThat(response.message()).isEmpty();
    }

    @Test
    void readsTheCertCacheSample() throws IOException {
        assertThat(KmsResponseCodec.decode(Samples.octets(Samples.CERTCACHE)))
                .isEqualTo(response("certcache/3", CACHE));
    }

    @Test
    void writesTheCertCacheSampleWithEveryCertificateBare() throws IOException {
        Document sample = HardenedXml.parse(Samples.octets(Samples.CERTCACHE));
        Element wrapper = element(sample, "SignedKmsCertificate");
        wrapper.getParentNode().replaceChild(wrapper.getFirstChild(), wrapper);
        assertSameAs(sample, response("certcache/3", CACHE));
    }

    @Test
    void readsTheKeyProvSample() throws IOException {
        try (KmsResponse response = KmsResponseCodec.decode(Samples.octets(Samples.KEYPROV))) {
            KmsKeySet keySet = onlyKeySet(response);
            assertThat(response.clientReqUrl()).isEqualTo(ROOT_URL + "keyprov");
            assertIsAlice(keySet);
            assertThat(keySet.kmsUri()).isEqualTo(KMS);
            assertThat(keySet.certUri()).contains("cert1.kms.example.org");
            assertThat(keySet.issuer()).contains("www.example.org");
            assertThat(keySet.userUri()).isEqualTo(ALICE);
            assertThat(keySet.validFrom().orElseThrow()).isEqualTo("2024-05-10T00:00:00Z");
            assertThat(keySet.validTo().orElseThrow()).isEqualTo("2024-06-08T23:59:59Z");
            assertThat(keySet.period().number()).isEqualTo(1514);
            assertThat(keySet.revoked()).isFalse();
            assertThat(keySet.toString()).doesNotContainIgnoringCase(Fixtures.DOMAIN.getString("userSigningKeySSK"));
        }
    }

    @Test
    void writesTheKeyProvSample() throws IOException {
        try (KmsResponse response = response("keyprov", new KmsKeyProv(List.of(Fixtures.keySet())))) {
            assertSameAs(HardenedXml.parse(Samples.octets(Samples.KEYPROV)), response);
        }
    }

    @Test
    void writesKeysInUpperCaseHexOfFullLengthWithoutWhiteSpaceBetweenElements() throws IOException {
        try (KmsResponse response = response("keyprov", new KmsKeyProv(List.of(Fixtures.keySet())))) {
            String text =
                    new String(KmsResponseCodec.encode(response, WireDialect.STANDARD, ResponseProtection.NONE), UTF_8);
            assertThat(text).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?><KmsResponse ");
            assertThat(text).doesNotContainPattern(">\\s+<");
            assertThat(text).containsPattern("<UserDecryptKey xsi:type=\"KeyContentType\">[0-9A-F]{514}</");
            assertThat(text).containsPattern("<UserSigningKeySSK xsi:type=\"KeyContentType\">[0-9A-F]{64}</");
            assertThat(text).containsPattern("<UserPubTokenPVT xsi:type=\"KeyContentType\">[0-9A-F]{130}</");
        }
        String init = new String(
                KmsResponseCodec.encode(response("init", INIT), WireDialect.STANDARD, ResponseProtection.NONE), UTF_8);
        assertThat(init).containsPattern("<PubEncKey>[0-9A-F]{514}</");
        assertThat(init).containsPattern("<PubAuthKey>[0-9A-F]{130}</");
    }

    @Test
    void writesUserIdInHexForClientsThatNeedIt() {
        try (KmsResponse response = response("keyprov", new KmsKeyProv(List.of(Fixtures.keySet())))) {
            byte[] octets = KmsResponseCodec.encode(
                    response, WireDialect.STANDARD.withUserIdForm(UserIdForm.HEX), ResponseProtection.NONE);
            assertThat(new String(octets, UTF_8)).contains("<UserID>" + Fixtures.DOMAIN.getString("uid") + "</UserID>");
            assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
            try (KmsResponse again = KmsResponseCodec.decode(octets)) {
                assertIsAlice(onlyKeySet(again));
            }
        }
    }

    @Test
    void writesAnEmptyKeyProvAndACacheWithoutNumber() {
        for (KmsAnswer answer : List.of(new KmsKeyProv(List.of()), new KmsCertCache(OptionalLong.empty(), List.of()))) {
            byte[] octets =
                    KmsResponseCodec.encode(response("x", answer), WireDialect.STANDARD, ResponseProtection.NONE);
            assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
            assertThat(KmsResponseCodec.decode(octets)).isEqualTo(response("x", answer));
        }
    }

    @Test
    void escapesWhatXmlWouldTakeForItsOwn() {
        String nasty = "<![CDATA[ & ]]> \"quoted\" 'quoted' \u00E9 \uD83D\uDD11 \t end\n";
        KmsResponse response = new KmsResponse(
                "sip:a&b<c>\"d\"@example.org", KMS, ANSWERED, Optional.of(nasty), ROOT_URL, new KmsError(400, nasty));
        byte[] octets = KmsResponseCodec.encode(response, WireDialect.STANDARD, ResponseProtection.NONE);
        assertThat(KmsResponseCodec.decode(octets)).isEqualTo(response);
    }

    @Test
    void writesASecurityGatewayAsSuch() {
        KmsInit gateway = new KmsInit(Fixtures.securityGateway());
        byte[] octets =
                KmsResponseCodec.encode(response("init", gateway), WireDialect.STANDARD, ResponseProtection.NONE);
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        assertThat(KmsResponseCodec.decode(octets)).isEqualTo(response("init", gateway));
    }

    private static KmsResponse response(String resource, KmsAnswer answer) {
        return new KmsResponse(ALICE, KMS, ANSWERED, Optional.of("kms-1"), ROOT_URL + resource, answer);
    }

    private static KmsKeySet onlyKeySet(KmsResponse response) {
        KmsKeyProv keyProv = (KmsKeyProv) response.message().orElseThrow();
        assertThat(keyProv.keySets()).hasSize(1);
        return keyProv.keySets().get(0);
    }

    private static void assertIsAlice(KmsKeySet keySet) {
        assertThat(keySet.userId().octets().toByteArray()).isEqualTo(Fixtures.octets("uid"));
        keySet.rsk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userDecryptKey")));
        keySet.ssk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userSigningKeySSK")));
        assertThat(keySet.pvt().octets().toByteArray()).isEqualTo(Fixtures.octets("userPubTokenPVT"));
    }

    /** Valid, and equal in every node; only unused namespace declarations and prefixes may differ. */
    private static void assertSameAs(Document expected, KmsResponse response) {
        byte[] octets = KmsResponseCodec.encode(response, WireDialect.STANDARD, ResponseProtection.NONE);
        assertThatCode(() -> KmsSchema.validate(octets)).doesNotThrowAnyException();
        Diff difference = DiffBuilder.compare(expected)
                .withTest(HardenedXml.parse(octets))
                .checkForSimilar()
                .build();
        assertThat(difference.hasDifferences()).as(difference.toString()).isFalse();
    }

    private static Element element(Document document, String name) {
        return (Element)
                document.getElementsByTagNameNS(KmsSchema.NAMESPACE, name).item(0);
    }

    private static void remove(Document document, String name) {
        Node node = element(document, name);
        node.getParentNode().removeChild(node);
    }
}
