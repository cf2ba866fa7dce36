package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.protocol.cek.CekSamples.KEY_ID;
import static org.mckms.protocol.cek.CekSamples.OTHER_KEY_ID;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.error.KmsErrorCode.TRANSPORT_KEY_REQUIRED;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekSamples;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.KeyWrapping;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.security.WrapProfile;

/** Lists of content encryption keys that are not taken. */
class CekListRefusalTest {
    private static final String WRAPPED = document(CekSamples.list(), Optional.of(SecurityVectors.trk()));
    private static final String ONE_WRAP = "<xenc:EncryptedKey>"
            + WRAPPED.substring(
                    WRAPPED.indexOf("<xenc:EncryptedKey>") + "<xenc:EncryptedKey>".length(),
                    WRAPPED.indexOf("</xenc:EncryptedKey>"))
            + "</xenc:EncryptedKey>";

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Key ID
                "KeyId=\"xNfvv6CINwQHpy03iLoyQA==\"|``|Cek has no attribute KeyId",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQHpy03iLoy|a Key ID is not 16 octets in base64",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQHpy03iLoyQEA=|a Key ID is not 16 octets in base64",
                "xNfvv6CINwQHpy03iLoyQA==|``|a Key ID is not 16 octets in base64",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQHpy03iLoyQA|a Key ID is not 16 octets in base64",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQHpy03iLoyQB==|a Key ID is not 16 octets in base64",
                "xNfvv6CINwQHpy03iLoyQA==|C4D7EFBFA088370407A72D3788BA3240|a Key ID is not 16 octets in base64",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQH py03iLoyQA==|a Key ID is not base64",
                "xNfvv6CINwQHpy03iLoyQA==|/wECAwQFBgcICQoLDA0ODw=="
                        + "|the Key ID FF0102030405060708090A0B0C0D0E0F stands there twice",
                // other attributes
                "Revision=\"7\"|``|Cek has no attribute Revision",
                "Revision=\"7\"|Revision=\"0\"|Revision is not a number from 1 to 9223372036854775807",
                "Revision=\"7\"|Revision=\"9223372036854775808\"|Revision is too large a number",
                "Bits=\"256\"|Bits=\"128\"|a CEK has 256 bits",
                "Bits=\"256\"|``|Cek has no attribute Bits",
                "Peer=\"sip:mcptt-server@example.org\"|``|Cek has no attribute Peer",
                "Peer=\"sip:mcptt-server@example.org\"|Peer=\"\"|Peer is empty",
                "Peer=\"sip:mcptt-server@example.org\"|Peer=\"sip:a b\"|Peer contains white space or control characters",
                "User=\"sip:alice@example.org\"|User=\"\"|User is empty",
                "Session=\"a84b4c76e66710@pc33.example.org\"|Session=\"\"|Session is empty",
                "Session=\"a84b4c76e66710@pc33.example.org\"|Session=\"a&#9;b\""
                        + "|Session contains white space or control characters",
                "Status=\"active\"|``|Cek has no attribute Status",
                "Status=\"active\"|Status=\"Active\"|the status of a CEK is none that is known",
                "Status=\"active\"|Status=\"active\" Usage=\"seal\""
                        + "|Cek has an attribute Usage that does not belong there",
                "Status=\"active\"|Status=\"active\" xsi:type=\"Cek\""
                        + "|Cek has an attribute xsi:type that does not belong there",
                // times and their order
                "<ValidFrom>2024-05-18T05:52:26Z</ValidFrom>|``|Cek has no ValidFrom in its place",
                "<ValidFrom>2024-05-18T05:52:26Z</ValidFrom>|<ValidFrom>today</ValidFrom>"
                        + "|ValidFrom is not a time such as 2024-05-18T05:52:25Z",
                "<ValidFrom>|<ValidFrom zone=\"UTC\">|ValidFrom has an attribute zone that does not belong there",
                "2024-05-19T05:52:26Z|2024-05-17T05:52:26Z"
                        + "|ValidTo 2024-05-17T05:52:26Z is before ValidFrom 2024-05-18T05:52:26Z",
                "</ValidTo>|</ValidTo><ValidTo>2024-05-20T05:52:26Z</ValidTo>"
                        + "|Cek contains an element ValidTo that does not belong there",
                "</ValidTo>|</ValidTo><ValidFrom>2024-05-20T05:52:26Z</ValidFrom>"
                        + "|Cek contains an element ValidFrom that does not belong there",
                "<RefreshAfterMessages>1000000<|<RefreshAfterMessages>0<"
                        + "|RefreshAfterMessages is not a number from 1 to 9223372036854775807",
                "<RefreshAfterMessages>1000000</RefreshAfterMessages>|and" + "|Cek contains text between its elements",
                // what it stands in
                "Version=\"1.0.0\"><Cek |Version=\"1.0.1\"><Cek "
                        + "|CekList is not of version 1.0.0, the only one supported",
                " Version=\"1.0.0\"><Cek |><Cek |CekList has no attribute Version",
                "</CekList>|<Other></Other></CekList>|CekList contains an element Other that does not belong there",
                "</CekList>|<x xmlns=\"urn:x\"></x></CekList>|CekList contains an element x that does not belong there",
                "</CekList>|</CekList><CekList xmlns=\"urn:mckms:cek:1.0\" Version=\"1.0.0\"></CekList>"
                        + "|KmsResponse has more than one element of urn:mckms:cek:1.0",
                "</CekList>|</CekList><CekOrder xmlns=\"urn:mckms:cek:1.0\"></CekOrder>"
                        + "|KmsResponse has more than one element of urn:mckms:cek:1.0",
                "</CekList>|</CekList><KmsError><ErrorCode>1</ErrorCode><ErrorMsg></ErrorMsg></KmsError>"
                        + "|KmsResponse needs exactly one of KmsMessage, KmsError and CekList",
                "</CekList>|</CekList><KmsMessage><KmsLookup></KmsLookup></KmsMessage>"
                        + "|KmsResponse needs exactly one of KmsMessage, KmsError and CekList"
            })
    void refusesWhatItsSchemaForbids(String from, String to, String sentence) {
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, from, to))).hasMessage(sentence);
    }

    @ParameterizedTest
    @CsvSource({"CekOrder", "CekAcknowledgement", "CekList2"})
    void refusesAnotherElementOfTheExtensionInItsPlace(String name) {
        assertThat(refusal(MALFORMED_REQUEST, WRAPPED.replace("CekList", name)))
                .hasMessage("an element " + name + " of urn:mckms:cek:1.0 does not belong there");
    }

    @Test
    void refusesAListBesideKeySetsThatIsWrongInItself() {
        String keyProv = document(
                new KmsKeyProv(List.of(Fixtures.keySet()), Optional.empty(), Optional.of(CekSamples.list())),
                Optional.of(SecurityVectors.trk()));

        assertThat(refusal(MALFORMED_REQUEST, changed(keyProv, "Bits=\"256\"", "Bits=\"512\"")))
                .hasMessage("a CEK has 256 bits");
        assertThat(refusal(
                        MALFORMED_REQUEST,
                        changed(
                                keyProv,
                                "</CekList>",
                                "</CekList><CekList xmlns=\"urn:mckms:cek:1.0\" Version=\"1.0.0\"></CekList>")))
                .hasMessage("KmsKeyProv has more than one element of urn:mckms:cek:1.0");
    }

    @Test
    void refusesAMissingKeyAndOneTooMany() {
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, ONE_WRAP, "")))
                .hasMessage("a CEK that is active comes with its key");
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, ONE_WRAP, ONE_WRAP + ONE_WRAP)))
                .hasMessage("Cek contains an element EncryptedKey that does not belong there");
        String plain = "<Key>" + CekSamples.vector("cek") + "</Key>";
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, ONE_WRAP, ONE_WRAP + plain)))
                .hasMessage("Cek contains an element Key that does not belong there");
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, ONE_WRAP, plain + ONE_WRAP)))
                .hasMessage("Cek contains an element EncryptedKey that does not belong there");
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, "Status=\"active\"", "Status=\"revoked\"")))
                .hasMessage("a CEK that is revoked comes without its key");
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, ONE_WRAP + "</Cek>", "</Cek>" + ONE_WRAP)))
                .hasMessage("a CEK that is active comes with its key");
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, "<ValidFrom>", ONE_WRAP + "<ValidFrom>")))
                .hasMessage("Cek has no ValidFrom in its place");
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        for (int length : new int[] {16, 24, 40, 64}) {
            String other = KeyWrapping.wrap(SecurityVectors.trk(), new byte[length], WrapProfile.KWP)
                    .cipherValue();
            assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, cipherValue(ONE_WRAP), other)))
                    .hasMessage("a CEK has 32 octets, not " + length);
        }
        String plain = document(CekSamples.list(), Optional.empty());
        assertThat(refusal(MALFORMED_REQUEST, changed(plain, "<Key>8081", "<Key>81")))
                .hasMessage("a CEK has 32 octets, not 31");
        assertThat(refusal(MALFORMED_REQUEST, changed(plain, "<Key>8081", "<Key>")))
                .hasMessage("a CEK has 32 octets, not 30");
        assertThat(refusal(MALFORMED_REQUEST, changed(plain, "<Key>8081", "<Key>!!")))
                .hasMessage("Key is neither hex nor base64");
    }

    @Test
    void refusesAKeyThatIsNotOfThisTransportKey() {
        String value = cipherValue(ONE_WRAP);
        String altered = (value.charAt(0) == 'A' ? "B" : "A") + value.substring(1);
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, value, altered)))
                .hasMessage("a key does not unwrap under the transport key tk.1.sip:alice@example.org");

        NamedKey sameName = SecurityVectors.key(SecurityVectors.TRK_NAME, "5A".repeat(NamedKey.KEY_OCTETS));
        assertThat(refusal(MALFORMED_REQUEST, document(CekSamples.list(), Optional.of(sameName))))
                .hasMessage("a key does not unwrap under the transport key tk.1.sip:alice@example.org");

        NamedKey unknown = SecurityVectors.newKeys().transportKey();
        assertThat(refusal(TRANSPORT_KEY_REQUIRED, document(CekSamples.list(), Optional.of(unknown))))
                .hasMessage("a key is wrapped under the transport key tk.2.sip:alice@example.org, which is not here");
        assertThat(refusal(TRANSPORT_KEY_REQUIRED, document(CekSamples.list(), Optional.of(SecurityVectors.ink()))))
                .hasMessage("a key is wrapped under the transport key ink.1.sip:alice@example.org, which is not here");
    }

    @Test
    void aKeyIsUnwrappedUnderNoOtherAlgorithm() {
        assertThat(refusal(
                        MALFORMED_REQUEST,
                        changed(
                                WRAPPED,
                                "http://www.w3.org/2001/04/xmlenc#kw-aes256",
                                "http://www.w3.org/2001/04/xmlenc#kw-aes128")))
                .hasMessage("a key is wrapped by another algorithm than AES-256 key wrap");
    }

    @Test
    void refusesMoreKeysThanAListMayHave() {
        String entry = WRAPPED.substring(WRAPPED.lastIndexOf("<Cek "), WRAPPED.indexOf("</CekList>"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < CekList.MAX - 2; i++) {
            many.append(entry.replaceFirst(
                    "KeyId=\"[^\"]*\"",
                    "KeyId=\"" + CekXml.base64(Octets.fromHex(String.format("%032X", i + 1))) + "\""));
        }
        assertThat(refusal(MALFORMED_REQUEST, changed(WRAPPED, "</CekList>", many + "</CekList>")))
                .hasMessage("257 keys at a time, at most 256 are accepted");
    }

    @Test
    void nothingIsUnwrappedUnderASignatureThatDoesNotHold() {
        String signed = new String(
                KmsResponseCodec.encode(
                        response(CekSamples.list()),
                        WireDialect.STANDARD,
                        new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()))),
                UTF_8);
        for (String[] change : new String[][] {
            {"xNfvv6CINwQHpy03iLoyQA==", "xNfvv6CINwQHpy03iLoyQQ=="},
            {"Status=\"active\"", "Status=\"pending\""},
            {"User=\"sip:alice@", "User=\"sip:carol@"},
            {"Session=\"a84b", "Session=\"a84c"},
            {"Revision=\"7\"", "Revision=\"8\""},
            {"2024-05-19T05:52:26Z", "2034-05-19T05:52:26Z"},
            {"Peer=\"sip:mcptt-server@", "Peer=\"sip:mcptt-sorver@"},
            {cipherValue(ONE_WRAP), "AAAA"}
        }) {
            assertThat(refusal(SIGNATURE_REQUIRED, changed(signed, change[0], change[1])))
                    .hasMessage("the signature of the response does not hold");
        }
    }

    /** Two keys wrapped under one TrK can be exchanged only by who can sign. */
    @Test
    void nothingButTheSignatureBindsAKeyToItsKeyId() {
        String signed = new String(
                KmsResponseCodec.encode(
                        response(new CekList(List.of(
                                CekSamples.bare(KEY_ID, CekStatus.ACTIVE),
                                CekSamples.bare(OTHER_KEY_ID, CekStatus.RETIRING)))),
                        WireDialect.STANDARD,
                        new ResponseProtection(Optional.of(SecurityVectors.trk()), Optional.of(SecurityVectors.ink()))),
                UTF_8);
        String first = CekXml.base64(KEY_ID);
        String second = CekXml.base64(OTHER_KEY_ID);
        String swapped = signed.replace(first, "first").replace(second, first).replace("first", second);

        assertThat(refusal(SIGNATURE_REQUIRED, swapped)).hasMessage("the signature of the response does not hold");
    }

    private static String cipherValue(String wrap) {
        return wrap.substring(
                wrap.indexOf("CipherValue>") + "CipherValue>".length(), wrap.indexOf("</xenc:CipherValue>"));
    }

    /** The first of the passages replaced. */
    private static String changed(String document, String from, String to) {
        assertThat(document).contains(from);
        int at = document.indexOf(from);
        return document.substring(0, at) + to + document.substring(at + from.length());
    }

    private static String document(KmsAnswer answer, Optional<NamedKey> wrapWith) {
        return new String(
                KmsResponseCodec.encode(
                        response(answer), WireDialect.STANDARD, new ResponseProtection(wrapWith, Optional.empty())),
                UTF_8);
    }

    private static KmsResponse response(KmsAnswer answer) {
        return new KmsResponse(
                Fixtures.ALICE, Fixtures.KMS, Fixtures.ANSWERED, Optional.empty(), Fixtures.ROOT_URL, answer);
    }

    private static KmsException refusal(KmsErrorCode code, String document) {
        try (ClientKeys keys = SecurityVectors.clientKeys()) {
            KmsException refusal = catchThrowableOfType(
                    KmsException.class, () -> KmsResponseCodec.read(document.getBytes(UTF_8), ReceivingKeys.of(keys)));
            assertThat(refusal).isNotNull();
            assertThat(refusal.code()).isEqualTo(code);
            return refusal;
        }
    }
}
