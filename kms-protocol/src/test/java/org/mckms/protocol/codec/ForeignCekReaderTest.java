package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.cek.CekSamples;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.tool.ExternalTool;
import org.mckms.protocol.xml.HardenedXml;
import org.mckms.protocol.xml.KmsSchema;
import org.w3c.dom.Element;

/** Answers with content encryption keys, read by those who know nothing of the extension, or nothing of us. */
class ForeignCekReaderTest {
    private static final KmsAnswer WITH_KEY_SETS = new KmsKeyProv(
            List.of(Fixtures.keySet()), Optional.of(SecurityVectors.newKeys()), Optional.of(CekSamples.list()));

    @TempDir
    Path folder;

    /** What this reader would do if it did not know the extension: it passes over the namespace of the samples. */
    @Test
    void aReaderThatIgnoresTheExtensionTakesTheKeySets() {
        String document = document(WITH_KEY_SETS, unsigned()).replace("urn:mckms:cek:1.0", "urn:unknown");

        try (ReceivedResponse received =
                KmsResponseCodec.read(document.getBytes(UTF_8), SecurityVectors.receivingKeys())) {
            KmsKeyProv keyProv = (KmsKeyProv) received.response().message().orElseThrow();
            assertThat(keyProv.ceks()).isEmpty();
            assertThat(keyProv.newKeys()).isPresent();
            assertThat(keyProv.keySets()).hasSize(1);
            keyProv.keySets().get(0).ssk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userSigningKeySSK")));
        }
    }

    /** The schema of annex D alone, as others have it. */
    @Test
    void theSchemaWithoutTheExtensionAcceptsIt() throws Exception {
        Schema schema = schemaWithoutTheExtension();

        for (KmsAnswer answer : List.of(WITH_KEY_SETS, CekSamples.list())) {
            byte[] document = document(answer, signed()).getBytes(UTF_8);
            assertThatCode(() -> schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(document))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void xmlsec1VerifiesTheSignatureOverIt() {
        String document = document(CekSamples.list(), signed());

        assertThat(verifies(document)).isTrue();
        assertThat(verifies(document.replace("Status=\"active\"", "Status=\"pending\"")))
                .isFalse();
    }

    @Test
    void opensslUnwrapsTheKey() {
        ExternalTool openssl = new ExternalTool("openssl", folder);
        Element list = (Element)
                HardenedXml.parse(document(CekSamples.list(), signed()).getBytes(UTF_8))
                        .getElementsByTagNameNS(KmsSchema.CEK_NAMESPACE, "CekList")
                        .item(0);
        String value = list.getElementsByTagNameNS("http://www.w3.org/2001/04/xmlenc#", "CipherValue")
                .item(0)
                .getTextContent();
        openssl.write("wrapped", Base64.getDecoder().decode(value));

        openssl.succeeds(
                "enc",
                "-d",
                "-id-aes256-wrap",
                "-iv",
                "A6A6A6A6A6A6A6A6",
                "-K",
                SecurityVectors.ALL.getString("TrK"),
                "-in",
                "wrapped",
                "-out",
                "plain");

        assertThat(openssl.read("plain")).isEqualTo(CekSamples.octets());
    }

    private boolean verifies(String document) {
        ExternalTool xmlsec1 = new ExternalTool("xmlsec1", folder);
        xmlsec1.write("ink", HexFormat.of().parseHex(SecurityVectors.ALL.getString("InK")));
        xmlsec1.write("document", document.getBytes(UTF_8));
        return xmlsec1.run(
                                "--verify",
                                "--id-attr:Id",
                                "KmsResponse",
                                "--hmackey:" + SecurityVectors.INK_NAME,
                                "ink",
                                "document")
                        .exitCode()
                == 0;
    }

    private static Schema schemaWithoutTheExtension() throws Exception {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        String annexD =
                resource("kms-interface.xsd").replaceFirst("<xs:import namespace=\"urn:mckms:cek:1.0\"[^>]*>", "");
        assertThat(annexD).doesNotContain("urn:mckms");
        String folder = KmsSchema.class.getResource("kms-interface.xsd").toExternalForm();
        return factory.newSchema(new StreamSource(new ByteArrayInputStream(annexD.getBytes(UTF_8)), folder));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = KmsSchema.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static ResponseProtection signed() {
        return new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()));
    }

    private static ResponseProtection unsigned() {
        return new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.empty());
    }

    private static String document(KmsAnswer answer, ResponseProtection protection) {
        KmsResponse response = new KmsResponse(
                Fixtures.ALICE, Fixtures.KMS, Fixtures.ANSWERED, Optional.empty(), Fixtures.ROOT_URL, answer);
        return new String(KmsResponseCodec.encode(response, WireDialect.STANDARD, protection), UTF_8);
    }
}
