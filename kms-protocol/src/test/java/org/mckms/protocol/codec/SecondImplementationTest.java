package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.WrapProfile;
import org.mckms.protocol.tool.ExternalTool;
import org.mckms.protocol.xml.HardenedXml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** xmlsec1 and OpenSSL as the other side of the wire: they know nothing of us but the standards. */
class SecondImplementationTest {
    private static final String INTERFACE = "urn:3gpp:ns:mcsecKMSInterface:1.0";
    private static final String REQUEST = new String(
            KmsRequestCodec.encodeSigned(
                    new KmsRequest(
                            Fixtures.ALICE,
                            Fixtures.KMS,
                            Instant.parse("2024-05-18T05:52:25.123Z"),
                            Optional.of("client <1> & \"more\""),
                            Optional.of("Gerät 1"),
                            Fixtures.ROOT_URL + "keyprov",
                            Optional.empty()),
                    SecurityVectors.ink()),
            UTF_8);

    @TempDir
    Path folder;

    private ExternalTool xmlsec1;
    private ExternalTool openssl;

    @BeforeEach
    void hasTools() {
        xmlsec1 = new ExternalTool("xmlsec1", folder);
        openssl = new ExternalTool("openssl", folder);
        xmlsec1.write("ink", HexFormat.of().parseHex(SecurityVectors.ALL.getString("InK")));
        xmlsec1.write("trk", HexFormat.of().parseHex(SecurityVectors.ALL.getString("TrK")));
    }

    @Test
    void xmlsec1VerifiesARequest() {
        assertThat(verifies(REQUEST, "KmsRequest", SecurityVectors.INK_NAME, "ink"))
                .isTrue();
        assertThat(verifies(REQUEST, "KmsRequest", SecurityVectors.INK_NAME, "trk"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "alice@example.org</UserUri>, carol@example.org</UserUri>",
        "25.123Z, 25.124Z",
        "'<ClientId>', '<ClientId> '"
    })
    void xmlsec1FindsAnAlteredRequest(String old, String replacement) {
        assertThat(REQUEST).contains(old);

        assertThat(verifies(REQUEST.replace(old, replacement), "KmsRequest", SecurityVectors.INK_NAME, "ink"))
                .isFalse();
    }

    /** Not in the form of Release 13: canonical XML refuses relative namespaces, which the one printed there is. */
    @Test
    void xmlsec1VerifiesAResponse() {
        String response = response(Set.of());

        assertThat(verifies(response, "KmsResponse", SecurityVectors.INK_NAME, "ink"))
                .isTrue();
        assertThat(verifies(
                        response.replace("KeyPeriodNo>1", "KeyPeriodNo>2"),
                        "KmsResponse",
                        SecurityVectors.INK_NAME,
                        "ink"))
                .isFalse();
    }

    @Test
    void xmlsec1VerifiesAResponseSignedWithTheTransportKey() {
        String response = new String(
                KmsResponseCodec.encode(
                        answer(),
                        WireDialect.STANDARD,
                        new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.trk()))),
                UTF_8);

        assertThat(verifies(response, "KmsResponse", SecurityVectors.TRK_NAME, "trk"))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(WrapProfile.class)
    void opensslUnwrapsTheKeys(WrapProfile profile) {
        String response = response(
                switch (profile) {
                    case KWP -> Set.of();
                    case KWP_LABELLED_KW -> Set.of(InteropProfile.WRAP_KWP_LABELLED_KW);
                    case STRIP04 -> Set.of(InteropProfile.WRAP_STRIP04);
                });
        boolean labelled = profile == WrapProfile.KWP_LABELLED_KW;
        boolean stripped = profile == WrapProfile.STRIP04;

        assertThat(unwrapped(response, "UserSigningKeySSK", labelled)).isEqualTo(octets("userSigningKeySSK", false));
        assertThat(unwrapped(response, "UserDecryptKey", !stripped)).isEqualTo(octets("userDecryptKey", stripped));
        assertThat(unwrapped(response, "UserPubTokenPVT", !stripped)).isEqualTo(octets("userPubTokenPVT", stripped));
    }

    @Test
    void opensslUnwrapsTheNewKeys() {
        String response = response(Set.of());

        assertThat(unwrapped(response, "NewTransportKey", false)).isEqualTo(newKey("NewTransportKey"));
        assertThat(unwrapped(response, "NewIntegrityKey", false)).isEqualTo(newKey("NewIntegrityKey"));
    }

    @Test
    void opensslUnwrapsNothingUnderAnotherKey() {
        xmlsec1.write("wrapped", cipherValue(response(Set.of()), "UserSigningKeySSK"));

        assertThat(openssl.run(unwrap("InK", false)).exitCode()).isNotZero();
    }

    private static byte[] newKey(String element) {
        return HexFormat.of().parseHex(SecurityVectors.wrap(element).getString("plain"));
    }

    private static byte[] octets(String name, boolean stripped) {
        byte[] octets = Fixtures.octets(name);
        return stripped ? Arrays.copyOfRange(octets, 1, octets.length) : octets;
    }

    private static String response(Set<InteropProfile> profiles) {
        return new String(
                KmsResponseCodec.encode(
                        answer(),
                        InteropProfile.dialectOf(profiles),
                        new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()))),
                UTF_8);
    }

    private static KmsResponse answer() {
        return new KmsResponse(
                Fixtures.ALICE,
                Fixtures.KMS,
                Fixtures.ANSWERED,
                Optional.empty(),
                Fixtures.ROOT_URL + "keyprov",
                new KmsKeyProv(List.of(Fixtures.keySet()), Optional.of(SecurityVectors.newKeys())));
    }

    private boolean verifies(String document, String signed, String keyName, String keyFile) {
        xmlsec1.write("document", document.getBytes(UTF_8));
        ExternalTool.Result result =
                xmlsec1.run("--verify", "--id-attr:Id", signed, "--hmackey:" + keyName, keyFile, "document");
        return result.exitCode() == 0;
    }

    private byte[] unwrapped(String response, String element, boolean padded) {
        openssl.write("wrapped", cipherValue(response, element));
        openssl.succeeds(unwrap("TrK", padded));
        return openssl.read("plain");
    }

    private static String[] unwrap(String key, boolean padded) {
        return new String[] {
            "enc",
            "-d",
            padded ? "-id-aes256-wrap-pad" : "-id-aes256-wrap",
            "-iv",
            padded ? "A65959A6" : "A6A6A6A6A6A6A6A6",
            "-K",
            SecurityVectors.ALL.getString(key),
            "-in",
            "wrapped",
            "-out",
            "plain"
        };
    }

    private static byte[] cipherValue(String response, String element) {
        Document document = HardenedXml.parse(response.getBytes(UTF_8));
        Element key =
                (Element) document.getElementsByTagNameNS(INTERFACE, element).item(0);
        String value = key.getElementsByTagNameNS("http://www.w3.org/2001/04/xmlenc#", "CipherValue")
                .item(0)
                .getTextContent();
        return value.matches("[0-9A-F]+")
                ? HexFormat.of().parseHex(value)
                : Base64.getDecoder().decode(value);
    }
}
