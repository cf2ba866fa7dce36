package org.mckms.client.cli.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.client.cli.explain.Explanation.Line;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** What is told of content encryption keys, and that it is wrong where their reader refuses. */
class CekExplainerTest {
    private static final Octets KEY_ID = Octets.fromHex("C4D7EFBFA088370407A72D3788BA3240");
    private static final Octets OTHER = Octets.fromHex("FF0102030405060708090A0B0C0D0E0F");
    private static final Instant NOW = Instant.parse("2024-05-18T05:52:26Z");
    private static final String SECRET = "80818283".repeat(8);
    private static final String PLAIN = answer(list(), Optional.empty());
    private static final String END = request(CekEnd.ofKeys(List.of(KEY_ID, OTHER)));
    private static final String ACKNOWLEDGEMENT = request(new CekAcknowledgement(List.of(
            new CekAcknowledgement.Item(KEY_ID, 7, Optional.empty()),
            new CekAcknowledgement.Item(OTHER, 1, Optional.of(CekFault.CANNOT_OPEN)))));

    @Test
    void tellsOfAList() {
        NamedKey trk = NamedKey.takeFrom("tk.1", new byte[NamedKey.KEY_OCTETS]);
        for (String document : List.of(
                PLAIN,
                answer(list(), Optional.of(trk)),
                answer(new KmsKeyProv(List.of(), Optional.empty(), Optional.of(list())), Optional.of(trk)),
                answer(new CekList(List.of()), Optional.of(trk)))) {
            assertThat(explain(document, false).faults()).isEmpty();
        }
        String cek = "KmsResponse/CekList/Cek";
        assertThat(line(PLAIN, cek + "/@KeyId").note()).isEqualTo("in hex " + KEY_ID.toHex());
        assertThat(line(PLAIN, cek + "/@User").value()).isEqualTo("sip:alice@example.org");
        assertThat(line(PLAIN, cek + "/RefreshAfterMessages").value()).isEqualTo("1000000");
        assertThat(line(PLAIN, cek + "[2]/@Status").value()).isEqualTo("revoked");
        assertThat(line(PLAIN, cek + "/ValidFrom").clause()).isEqualTo("cek-1.0.xsd");
    }

    @Test
    void showsAKeyOnlyIfTold() {
        assertThat(explain(PLAIN, false).lines())
                .extracting(Line::value)
                .contains("32 octets, hidden")
                .doesNotContain(SECRET);
        assertThat(explain(PLAIN, true).lines()).extracting(Line::value).contains(SECRET);
    }

    @Test
    void tellsOfRequests() {
        for (RequestExtension extension : List.of(
                new CekOrder(Optional.of("s1"), Optional.of("sip:ptt@example.org")),
                new CekQuery(true, Optional.of(KEY_ID)),
                CekEnd.ofUser(),
                CekEnd.ofSession("s1"))) {
            assertThat(explain(request(extension), false).faults()).isEmpty();
        }
        assertThat(explain(END, false).faults()).isEmpty();
        assertThat(line(END, "KmsRequest/CekEnd/KeyId[2]").note()).isEqualTo("in hex " + OTHER.toHex());
        assertThat(explain(ACKNOWLEDGEMENT, false).faults()).isEmpty();
        assertThat(line(ACKNOWLEDGEMENT, "KmsRequest/CekAcknowledgement/Item[2]/@Fault")
                        .note())
                .isEqualTo("CANNOT_OPEN");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                " KeyId=\"xNfvv6CINwQHpy03iLoyQA==\"|``|has no attribute KeyId",
                "xNfvv6CINwQHpy03iLoyQA==|xNfvv6CINwQHpy03iLoy|is not 16 octets in base64",
                "xNfvv6CINwQHpy03iLoyQA==|/wECAwQFBgcICQoLDA0ODw==|names the Key ID /wECAwQFBgcICQoLDA0ODw== twice",
                "Bits=\"256\"|Bits=\"128\"|is not 256",
                "Revision=\"7\"|Revision=\"0\"|is not from 1 to 9223372036854775807",
                "Status=\"active\"|Status=\"new\"|is not pending or active or retiring or revoked",
                "Status=\"active\"|Status=\"active\" Usage=\"seal\"|is not defined here",
                "Status=\"active\"|Status=\"revoked\"|is revoked and comes with a key",
                "Status=\"revoked\"|Status=\"retiring\"|has no key, though it is not revoked",
                "<Key>8081|<Key>81|has 31 octets, 32 needed",
                "</Key>|</Key><Key>00</Key>|has more than one Key",
                "</RefreshAfterMessages>|</RefreshAfterMessages><ValidTo>2024-05-19T05:52:26Z</ValidTo>|stands too late",
                "Version=\"1.0.0\"><Cek |Version=\"1.1.0\"><Cek |is not 1.0.0",
                "</CekList>|</CekList><CekOrder xmlns=\"urn:mckms:cek:1.0\"/>|an element CekOrder of urn:mckms:cek:1.0",
                "</CekList>|</CekList><KmsMessage><KmsLookup/></KmsMessage>|needs exactly one of CekList, KmsError, KmsMessage"
            })
    void whatAReaderOfAListRefusesIsWrong(String from, String to, String what) {
        String spoiled = spoiled(PLAIN, from, to);

        assertThatThrownBy(() -> KmsResponseCodec.decode(spoiled.getBytes(UTF_8)))
                .isInstanceOf(KmsException.class);
        assertWrong(spoiled, what);
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<CekEnd xmlns=\"urn:mckms:cek:1.0\">|<CekEnd xmlns=\"urn:mckms:cek:1.0\" All=\"true\">|names not exactly one of",
                "/wECAwQFBgcICQoLDA0ODw==|xNfvv6CINwQHpy03iLoyQA==|names the Key ID xNfvv6CINwQHpy03iLoyQA== twice",
                "</CekEnd>|<All/></CekEnd>|this element has no place here",
                "</CekEnd>|</CekEnd><CekOrder xmlns=\"urn:mckms:cek:1.0\"/>|has more than one element of urn:mckms:cek:1.0",
                "CekEnd|CekStop|an element CekStop of urn:mckms:cek:1.0 does not belong here"
            })
    void whatAReaderOfARequestRefusesIsWrong(String from, String to, String what) {
        String spoiled = END.replace(from, to);

        assertThatThrownBy(() -> KmsRequestCodec.read(spoiled.getBytes(UTF_8), RequestLeniency.STANDARD))
                .isInstanceOf(KmsException.class);
        assertWrong(spoiled, what);
    }

    @Test
    void aFaultThatHasNoNumberIsWrong() {
        assertWrong(spoiled(ACKNOWLEDGEMENT, "Fault=\"3\"", "Fault=\"6\""), "is not from 1 to 5");
    }

    private static void assertWrong(String document, String what) {
        assertThat(explain(document, false).faults())
                .anySatisfy(fault -> assertThat(fault.what()).contains(what));
    }

    private static String spoiled(String document, String from, String to) {
        int at = document.indexOf(from);
        assertThat(at).as(from).isNotNegative();
        return document.substring(0, at) + to + document.substring(at + from.length());
    }

    private static Explanation explain(String document, boolean showSecrets) {
        return new Explainer(NOW, showSecrets, Optional.empty(), Optional.empty()).explain(document.getBytes(UTF_8));
    }

    private static Line line(String document, String path) {
        return explain(document, false).lines().stream()
                .filter(line -> line.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line " + path));
    }

    private static CekList list() {
        ContentEncryptionKey key = new ContentEncryptionKey(
                KEY_ID, SecretOctets.takeFrom(HexFormat.of().parseHex(SECRET)));
        return new CekList(List.of(
                cek(KEY_ID, 7, CekStatus.ACTIVE, Optional.of(key)),
                cek(OTHER, 1, CekStatus.REVOKED, Optional.empty())));
    }

    private static Cek cek(Octets keyId, long revision, CekStatus status, Optional<ContentEncryptionKey> key) {
        return new Cek(
                keyId,
                revision,
                Optional.of("sip:alice@example.org"),
                "sip:ptt@example.org",
                Optional.empty(),
                status,
                NOW,
                Optional.empty(),
                Optional.of(NOW.plusSeconds(60)),
                OptionalLong.of(1_000_000),
                key);
    }

    private static String answer(KmsAnswer answer, Optional<NamedKey> wrapWith) {
        KmsResponse response = new KmsResponse(
                "sip:alice@example.org", "kms.example.org", NOW, Optional.empty(), "https://kms.example.org/", answer);
        return new String(
                KmsResponseCodec.encode(
                        response, WireDialect.STANDARD, new ResponseProtection(wrapWith, Optional.empty())),
                UTF_8);
    }

    private static String request(RequestExtension extension) {
        KmsRequest request = new KmsRequest(
                "sip:ptt@example.org",
                "kms.example.org",
                NOW,
                Optional.empty(),
                Optional.empty(),
                "https://kms.example.org/keymanagement/cek/v1/ends",
                Optional.empty());
        return new String(KmsRequestCodec.encode(request.with(extension)), UTF_8);
    }
}
