package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/** What deployed servers send beside the schema is read; what is wrong is refused. */
class KmsResponseLeniencyTest {
    private static final String PLAIN = " xsi:type=\"KeyContentType\"";
    private static final String RSK = Fixtures.DOMAIN.getString("userDecryptKey");
    private static final String SSK = Fixtures.DOMAIN.getString("userSigningKeySSK");
    private static final String PVT = Fixtures.DOMAIN.getString("userPubTokenPVT");
    private static final String Z_T = Fixtures.DOMAIN.getString("pubEncKey");
    private static final String KPAK = Fixtures.DOMAIN.getString("pubAuthKey");

    @Test
    void readsKeysWithoutTypeWhichTheSchemaForbids() throws IOException {
        assertReadsAlice(Samples.changed(Samples.KEYPROV, PLAIN, ""));
    }

    @Test
    void readsKeysInLowerCaseHexAndInBase64() throws IOException {
        assertReadsAlice(
                Samples.text(Samples.KEYPROV).replace(SSK, SSK.toLowerCase()).getBytes(UTF_8));
        assertReadsAlice(Samples.text(Samples.KEYPROV)
                .replace(RSK, base64("userDecryptKey"))
                .replace(SSK, base64("userSigningKeySSK"))
                .replace(PVT, base64("userPubTokenPVT"))
                .getBytes(UTF_8));
    }

    @Test
    void readsCertificateKeysInBase64() throws IOException {
        String init =
                Samples.text(Samples.INIT).replace(Z_T, base64("pubEncKey")).replace(KPAK, base64("pubAuthKey"));
        assertThat(certificate(init)).isEqualTo(certificate(Samples.text(Samples.INIT)));
    }

    @Test
    void readsUserIdInHex() throws IOException {
        String uid = Fixtures.DOMAIN.getString("uid");
        String base64 = Fixtures.DOMAIN.getString("uidBase64");
        assertReadsAlice(Samples.changed(Samples.KEYPROV, base64, uid));
        assertReadsAlice(Samples.changed(Samples.KEYPROV, base64, uid.toUpperCase()));
    }

    @Test
    void readsAnSskWithExtraLeadingZerosByItsValue() throws IOException {
        assertReadsAlice(Samples.changed(Samples.KEYPROV, SSK, "0000" + SSK));
        assertThat(refusal(Samples.changed(Samples.KEYPROV, SSK, "0001" + SSK)))
                .hasMessage("UserSigningKeySSK has 34 octets, 32 needed");
    }

    @Test
    void readsAnyOrderOfElements() throws IOException {
        assertReadsAlice(Samples.changed(
                Samples.KEYPROV,
                "<UserUri>sip:alice@example.org</UserUri><KmsUri>kms.example.org</KmsUri>",
                "<KmsUri>kms.example.org</KmsUri><UserUri>sip:alice@example.org</UserUri>"));
        assertReadsAlice(Samples.changed(
                Samples.KEYPROV,
                "<KeyPeriodNo>1514</KeyPeriodNo><Revoked>false</Revoked>",
                "<Revoked>false</Revoked><KeyPeriodNo>1514</KeyPeriodNo>"));
    }

    @Test
    void readsWhiteSpaceBetweenElementsAndAroundValues() throws IOException {
        String spaced = Samples.text(Samples.KEYPROV)
                .replaceAll("<(\\w+)>([^<]+)</", "<$1>\n  $2\t</")
                .replace("><", ">\r\n <");
        assertReadsAlice(spaced.getBytes(UTF_8));
    }

    @Test
    void passesOverForeignElementsAndUnusualVersions() throws IOException {
        assertReadsAlice(Samples.changed(
                Samples.KEYPROV, "</KmsKeySet>", "<x xmlns=\"urn:x\"><y/></x></KmsKeySet><z xmlns=\"urn:z\"/>"));
        assertReadsAlice(Samples.changed(Samples.KEYPROV, "Version=\"1.1.0\"", "Version=\"9\""));
        assertReadsAlice(Samples.changed(
                Samples.KEYPROV,
                "</KmsResponse>",
                "<TrK-ID>tk.1</TrK-ID><Signature-ID>ink.1</Signature-ID></KmsResponse>"));
    }

    @Test
    void readsAWrapperWithoutSignature() throws IOException {
        String response = Samples.text(Samples.KEYPROV).replaceFirst("<\\?xml[^>]*\\?>", "");
        String wrapped =
                "<SignedKmsResponse xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\">" + response + "</SignedKmsResponse>";
        assertReadsAlice(wrapped.getBytes(UTF_8));
    }

    @Test
    void takesTheAbsentForTheUsual() throws IOException {
        String init = Samples.text(Samples.INIT)
                .replace("<Revoked>false</Revoked>", "")
                .replace("<ParameterSet>1</ParameterSet>", "")
                .replace(" Role=\"Root\"", "")
                .replace(" IsSecurityGateway=\"false\"", "");
        assertThat(certificate(init)).isEqualTo(certificate(Samples.text(Samples.INIT)));
    }

    @Test
    void readsACertificateWithTheLeastItMayHave() throws IOException {
        String init = Samples.text(Samples.INIT)
                .replaceAll(
                        "<(CertUri|Issuer|ValidFrom|ValidTo|KmsDomainList|NewTransportKey|NewIntegrityKey)[ >].*?</\\1>",
                        "");
        KmsInit read = (KmsInit)
                KmsResponseCodec.decode(init.getBytes(UTF_8)).message().orElseThrow();
        assertThat(read.certificate().certUri()).isEmpty();
        assertThat(read.certificate().issuer()).isEmpty();
        assertThat(read.certificate().validFrom()).isEmpty();
        assertThat(read.certificate().validTo()).isEmpty();
        assertThat(read.certificate().domains()).isEmpty();
    }

    @Test
    void readsACacheWithoutNumber() throws IOException {
        KmsResponse response = KmsResponseCodec.decode(Samples.changed(Samples.CERTCACHE, " CacheNum=\"4\"", ""));
        assertThat(((KmsCertCache) response.message().orElseThrow()).cacheNum()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.SIGNED_RESPONSE, Samples.KEYPROV_WITH_CEK})
    void saysClearlyWhichTransportKeyIsMissing(String sample) throws IOException {
        String unsigned = Samples.text(sample).replaceAll("<Signature .*</Signature>", "");
        KmsException refusal =
                catchThrowableOfType(KmsException.class, () -> KmsResponseCodec.decode(unsigned.getBytes(UTF_8)));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.TRANSPORT_KEY_REQUIRED);
        assertThat(refusal)
                .hasMessage("a key is wrapped under the transport key tk.1.sip:alice@example.org, which is not here");
    }

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "kms-keyprov-plain.xml|</UserID>|</UserID><UserID>x</UserID>|KmsKeySet has more than one UserID",
                "kms-keyprov-plain.xml|<KeyPeriodNo>1514</KeyPeriodNo>|''|KmsKeySet has no KeyPeriodNo",
                "kms-keyprov-plain.xml|<KeyPeriodNo>1514</KeyPeriodNo>|<KeyPeriodNo>-1</KeyPeriodNo>"
                        + "|KeyPeriodNo is not a number from 0 to 9223372036854775807",
                "kms-keyprov-plain.xml|>1514<|>9999999999999999999<|KeyPeriodNo is too large a number",
                "kms-keyprov-plain.xml|>false<|>no<|Revoked is neither true nor false",
                "kms-keyprov-plain.xml|2024-05-18T05:52:26Z|2024-05-18 05:52:26"
                        + "|Time is not a time such as 2024-05-18T05:52:25Z",
                "kms-keyprov-plain.xml|2024-05-18T05:52:26Z|2024-02-30T05:52:26Z|Time is not a possible time",
                "kms-keyprov-plain.xml|2024-06-08T23:59:59Z|2023-06-08T23:59:59Z"
                        + "|ValidTo 2023-06-08T23:59:59Z is before ValidFrom 2024-05-10T00:00:00Z",
                "kms-keyprov-plain.xml|ZQyqpxyy+vObhxNJqrX8obBFXfJc3DdgdZCrm3kqbCI=|ZQyqpxyy"
                        + "|UserID is neither 64 hex digits nor 44 characters of base64",
                "kms-keyprov-plain.xml|</KmsKeyProv>|</KmsKeyProv><KmsKeyProv/>"
                        + "|KmsMessage has more than one KmsKeyProv",
                "kms-keyprov-plain.xml|</KmsKeyProv>|</KmsKeyProv><KmsCertCache/>"
                        + "|KmsMessage needs exactly one of KmsInit, KmsKeyProv, KmsCertCache and KmsLookup",
                "kms-keyprov-plain.xml|<KmsMessage>|<KmsMessage><KmsLook/>"
                        + "|KmsMessage contains an element KmsLook that does not belong there",
                "kms-keyprov-plain.xml|</KmsMessage>|</KmsMessage><KmsMessage/>"
                        + "|KmsResponse has more than one KmsMessage",
                "kms-keyprov-plain.xml|</KmsMessage>"
                        + "|</KmsMessage><KmsError><ErrorCode>1</ErrorCode><ErrorMsg/></KmsError>"
                        + "|KmsResponse needs exactly one of KmsMessage, KmsError and CekList",
                "kms-keyprov-plain.xml|</KmsKeySet>|<Unknown/></KmsKeySet>"
                        + "|KmsKeySet contains an element Unknown that does not belong there",
                "kms-keyprov-plain.xml|</KmsKeySet>|<x xmlns=''/></KmsKeySet>"
                        + "|KmsKeySet contains x, which has no namespace",
                "kms-keyprov-plain.xml|</KmsKeySet>|text</KmsKeySet>|KmsKeySet contains text between its elements",
                "kms-keyprov-plain.xml|<UserUri>sip:alice@example.org</UserUri>|<UserUri><b/></UserUri>"
                        + "|UserUri contains elements, text expected",
                "kms-keyprov-plain.xml|<UserUri>sip:alice@example.org</UserUri>|<UserUri>a b</UserUri>"
                        + "|UserUri contains white space or control characters",
                "kms-keyprov-plain.xml|<UserUri>sip:alice@example.org</UserUri>|<UserUri/>|UserUri is empty",
                "kms-keyprov-plain.xml|xsi:type=\"KeyContentType\"|xsi:type=\"EncKeyContentType\""
                        + "|UserPubTokenPVT is of an unknown type or has no wrapped key",
                "kms-keyprov-plain.xml|90F0D850|90F0D8|UserSigningKeySSK has 31 octets, 32 needed",
                "kms-keyprov-plain.xml|90F0D850|!!!!!!!!|UserSigningKeySSK is neither hex nor base64",
                "kms-init.xml|Role=\"Root\"|Role=\"External\""
                        + "|KmsCertificate has the role External where Root belongs",
                "kms-certcache.xml|Role=\"External\"|Role=\"Root\""
                        + "|KmsCertificate has the role Root where External belongs",
                "kms-init.xml|<UserIdFormat>2<|<UserIdFormat>1<|UserIdFormat is not 2, the only one supported",
                "kms-init.xml|<ParameterSet>1<|<ParameterSet>2<|ParameterSet is not 1, the only one supported",
                "kms-init.xml|</KmsCertificate>|</KmsCertificate><SignedKmsCertificate/>"
                        + "|KmsInit needs exactly one KmsCertificate",
                "kms-init.xml|<UserKeyPeriod>2592000<|<UserKeyPeriod>0<"
                        + "|UserKeyPeriod is not a number from 1 to 2147483647",
                "kms-certcache.xml|CacheNum=\"4\"|CacheNum=\"x\""
                        + "|CacheNum is not a number from 0 to 9223372036854775807",
                "kms-error.xml|<ErrorCode>404</ErrorCode>|''|KmsError has no ErrorCode",
                "kms-error.xml|KmsResponse|KmsAnswer|the root element is not a KmsResponse of the KMS interface",
                "kms-error.xml|mcsecKMSInterface:1.0|other|the root element is not a KmsResponse of the KMS interface"
            })
    void refusesInOneSentence(String sample, String from, String to, String sentence) throws IOException {
        assertThat(refusal(Samples.changed(sample, from, to))).hasMessage(sentence);
    }

    @ParameterizedTest(name = "{1} instead of {0}")
    @CsvSource({
        "04680C851F, 04680C851E", // RSK off its curve
        "04680C851F, 0468", // RSK too short
        "0448213695, 0448213694", // PVT off its curve
        "0448213695, 02482136", // PVT in another form
        "90F0D850F188D288E720C7760A7220CCDDEFC42A9EBE41AE9FB5F4F0531AB4C6,"
                + "0000000000000000000000000000000000000000000000000000000000000000", // SSK zero
        "90F0D850F188D288E720C7760A7220CCDDEFC42A9EBE41AE9FB5F4F0531AB4C6,"
                + "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", // SSK = q
    })
    void refusesKeysThatAreNone(String from, String to) throws IOException {
        assertThat(refusal(Samples.changed(Samples.KEYPROV, from, to)).getMessage())
                .isNotBlank();
    }

    @ParameterizedTest(name = "{1} instead of {0}")
    @CsvSource({"045958EF1B, 045958EF1A", "045958EF1B, 0459", "0450D4670B, 0450D4670A", "0450D4670B, 04"})
    void refusesPublicKeysThatAreNone(String from, String to) throws IOException {
        assertThat(refusal(Samples.changed(Samples.INIT, from, to)).getMessage())
                .isNotBlank();
    }

    @Test
    void refusesAnEmptyOrAForeignDocument() {
        assertThat(refusal(new byte[0])).hasMessageStartingWith("the document is not well-formed XML");
        assertThat(refusal("<html/>".getBytes(UTF_8)))
                .hasMessage("the root element is not a KmsResponse of the KMS interface");
    }

    private static KmsCertificate certificate(String init) {
        try (ReceivedResponse received = KmsResponseCodec.read(init.getBytes(UTF_8), SecurityVectors.receivingKeys())) {
            return ((KmsInit) received.response().message().orElseThrow()).certificate();
        }
    }

    private static void assertReadsAlice(byte[] octets) {
        try (KmsResponse response = KmsResponseCodec.decode(octets)) {
            KmsKeySet keySet =
                    ((KmsKeyProv) response.message().orElseThrow()).keySets().get(0);
            assertThat(response.userUri()).isEqualTo(Fixtures.ALICE);
            assertThat(keySet.userUri()).isEqualTo(Fixtures.ALICE);
            assertThat(keySet.userId().octets().toByteArray()).isEqualTo(Fixtures.octets("uid"));
            assertThat(keySet.period().number()).isEqualTo(1514);
            keySet.rsk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userDecryptKey")));
            keySet.ssk().use(key -> assertThat(key).isEqualTo(Fixtures.octets("userSigningKeySSK")));
            assertThat(keySet.pvt().octets().toByteArray()).isEqualTo(Fixtures.octets("userPubTokenPVT"));
        }
    }

    private static KmsException refusal(byte[] octets) {
        KmsException refusal = catchThrowableOfType(KmsException.class, () -> KmsResponseCodec.decode(octets));
        assertThat(refusal.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        return refusal;
    }

    private static String base64(String name) {
        return Base64.getEncoder().encodeToString(Fixtures.octets(name));
    }
}
