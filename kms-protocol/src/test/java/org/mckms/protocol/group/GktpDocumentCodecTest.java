package org.mckms.protocol.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mckms.protocol.group.GroupSamples.ALICE;
import static org.mckms.protocol.group.GroupSamples.BOB;
import static org.mckms.protocol.group.GroupSamples.DOCUMENT;
import static org.mckms.protocol.group.GroupSamples.GKTPS;
import static org.mckms.protocol.group.GroupSamples.MESSAGE;
import static org.mckms.protocol.group.GroupSamples.OTHER_MESSAGE;
import static org.mckms.protocol.group.GroupSamples.TEMPORARY;
import static org.mckms.protocol.group.GroupSamples.changed;
import static org.mckms.protocol.group.GroupSamples.refusal;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.xml.GroupSchema;

/** GKTP documents of TS 24.481: in the octets of the schema, and out of whatever a peer may write. */
class GktpDocumentCodecTest {
    @Test
    void writesTheSampleOctetForOctet() {
        assertThat(new String(GktpDocumentCodec.write(DOCUMENT), UTF_8)).isEqualTo(GKTPS);
    }

    @Test
    void whatIsWrittenIsValidForBothServices() {
        GktpDocument video = new GktpDocument(McService.MCVIDEO, DOCUMENT.gmk(), DOCUMENT.mkfc());
        GktpDocument empty = new GktpDocument(McService.MCPTT, Optional.empty(), Optional.empty());
        for (GktpDocument document : List.of(DOCUMENT, video, empty)) {
            byte[] written = GktpDocumentCodec.write(document);
            assertThatCode(() -> GroupSchema.validate(written)).doesNotThrowAnyException();
            assertThat(GktpDocumentCodec.read(written)).isEqualTo(document);
        }
        assertThat(new String(GktpDocumentCodec.write(video), UTF_8))
                .isEqualTo(GKTPS.replace("mcpttGKTP", "mcvideoGKTP"));
    }

    @Test
    void readsAnIndentedDocumentWithAPrefixAndLowerCaseDigits() {
        String indented = GKTPS.replaceAll("<(/?)([A-Zo])", "\n  <$1k:$2")
                .replace("xmlns=", "xmlns:k=")
                .replace("011A05010000002A", " 011a0501\n 0000002a ");
        assertThat(GktpDocumentCodec.read(indented.getBytes(UTF_8))).isEqualTo(DOCUMENT);
    }

    @Test
    void readsMessagesInBase64() {
        byte[] base64 = GKTPS.replace("011A05010000002A", "ARoFAQAAACo=")
                .replace("011A0501", "ARoFAQ==")
                .getBytes(UTF_8);
        assertThat(GktpDocumentCodec.read(base64)).isEqualTo(DOCUMENT);
    }

    @Test
    void passesOverWhatTheSchemaLeavesToOthers() {
        String extended = GKTPS.replace("<GMK-GKTPs>", "<GMK-GKTPs note=\"a\" xmlns:x=\"urn:x\" x:id=\"b\">")
                .replace("<GKTP id", "<GKTP xmlns:y=\"urn:y\" y:use=\"media\" hint=\"c\" id")
                .replace("</GMK-GKTPs>", "<anyExt><GKTP id=\"sip:eve@example.org\">00</GKTP></anyExt></GMK-GKTPs>")
                .replace("</GKTPs>", "<anyExt/><GMK-GKTPs xmlns=\"urn:z\"><GKTP>text</GKTP></GMK-GKTPs></GKTPs>");
        assertThat(GktpDocumentCodec.read(extended.getBytes(UTF_8))).isEqualTo(DOCUMENT);
        assertThatCode(() -> GroupSchema.validate(extended.getBytes(UTF_8))).doesNotThrowAnyException();
    }

    @Test
    void keepsSeveralKeysOfOneMemberInTheirOrder() {
        List<Gktp> two = List.of(new Gktp(ALICE, OTHER_MESSAGE), new Gktp(ALICE, MESSAGE), new Gktp(BOB, MESSAGE));
        GktpDocument document = new GktpDocument(McService.MCPTT, Optional.of(KeyTransports.of(two)), Optional.empty());
        GktpDocument read = GktpDocumentCodec.read(GktpDocumentCodec.write(document));
        assertThat(read.gmk().orElseThrow().direct()).isEqualTo(two);
        assertThat(read.mkfc()).isEmpty();
    }

    @Test
    void escapesWhatUrisMayHold() {
        String odd = "sip:a&b<c>\"d'é@example.org";
        GktpDocument document = new GktpDocument(
                McService.MCPTT, Optional.of(KeyTransports.of(List.of(new Gktp(odd, MESSAGE)))), Optional.empty());
        byte[] written = GktpDocumentCodec.write(document);
        assertThat(new String(written, UTF_8)).contains("id=\"sip:a&amp;b&lt;c>&quot;d'é@example.org\"");
        assertThat(GktpDocumentCodec.read(written)).isEqualTo(document);
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "mcpttGKTP:1.0|mcpttGKTP:2.0|there is no element GKTPs of a namespace that is known",
                " xmlns=\"urn:3gpp:ns:mcpttGKTP:1.0\"|''|there is no element GKTPs of a namespace that is known",
                "</GKTPs>|</GMKs>|not well-formed",
                "<GMK-GKTPs>|<GMK-GKTPs>text|GMK-GKTPs contains text between its elements",
                "<GMK-GKTPs>|<GMK-GKTPs/><GMK-GKTPs>|GKTPs has more than one GMK-GKTPs",
                "<GMK-GKTPs>|<CSK-GKTPs/><GMK-GKTPs>|GKTPs contains an element CSK-GKTPs that does not belong there",
                "<GMK-GKTPs>|<GMK-GKTPs><GKTPs/>|GMK-GKTPs contains an element GKTPs that does not belong there",
                "<GMK-GKTPs>|<GMK-GKTPs><anyExt/><anyExt/>|GMK-GKTPs has more than one anyExt",
                "<GMK-GKTPs>|<GMK-GKTPs><x xmlns=\"\"/>|GMK-GKTPs contains x, which has no namespace",
                "<GKTP id=\"sip:alice@example.org\">011A0501<|<GKTP>011A0501<|GKTP has no id",
                "<GKTP id=|<GKTP xmlns:x=\"urn:x\" x:id=|GKTP has no id",
                "id=\"sip:alice@example.org\"|id=\"\"|id of a GKTP is empty",
                "id=\"sip:alice@example.org\"|id=\"sip:a lice\"|id of a GKTP contains white space",
                " temporary-MCPTT-group-ID=\"sip:tmp-7@example.org\"|''|has no temporary-MCPTT-group-ID",
                "011A0501</GKTP>|</GKTP>|GKTP is empty",
                "011A0501<|011A050<|GKTP is neither hex nor base64",
                "011A0501<|011A05%1<|GKTP is neither hex nor base64",
                "011A0501<|01<!-- -->1A<b/>0501<|GKTP contains elements",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>|<!DOCTYPE GKTPs [<!ENTITY e \"x\">]>|document type declaration",
            })
    void refusesWhatIsNotADocument(String from, String to, String reason) {
        KmsException refused = refusal(() -> GktpDocumentCodec.read(changed(GKTPS, from, to)));
        assertThat(refused.code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        assertThat(refused).hasMessageContaining(reason);
    }

    @Test
    void refusesADocumentCutAnywhere() {
        byte[] whole = GKTPS.getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(refusal(() -> GktpDocumentCodec.read(cut)).code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        }
    }

    @Test
    void refusesMorePayloadsThanTheLimit() {
        String payload = "<GKTP id=\"a:b\">00</GKTP>";
        String most = list(Collections.nCopies(GktpDocument.MAX_TRANSPORTS, payload));
        assertThat(GktpDocumentCodec.read(most.getBytes(UTF_8))
                        .gmk()
                        .orElseThrow()
                        .size())
                .isEqualTo(GktpDocument.MAX_TRANSPORTS);
        String tooMany = list(Collections.nCopies(GktpDocument.MAX_TRANSPORTS + 1, payload));
        assertThat(refusal(() -> GktpDocumentCodec.read(tooMany.getBytes(UTF_8))))
                .hasMessageContaining("at most 1024");
        String groups = list(Collections.nCopies(
                GktpDocument.MAX_TRANSPORTS + 1,
                "<on-network-regrouped-GKTPs temporary-MCPTT-group-ID=\"a:b\"></on-network-regrouped-GKTPs>"));
        assertThat(refusal(() -> GktpDocumentCodec.read(groups.getBytes(UTF_8))))
                .hasMessageContaining("at most 1024");
        String foreign = list(Collections.nCopies(8192, "<x xmlns=\"urn:x\"></x>"));
        assertThat(refusal(() -> GktpDocumentCodec.read(foreign.getBytes(UTF_8))))
                .hasMessageContaining("more than 8192 elements");
    }

    @Test
    void refusesMessagesAndDocumentsThatAreTooLarge() {
        String most = "00".repeat(Gktp.MAX_MESSAGE_OCTETS);
        byte[] largest = changed(GKTPS, "011A0501<", most + "<");
        assertThatCode(() -> GktpDocumentCodec.read(largest)).doesNotThrowAnyException();
        byte[] larger = changed(GKTPS, "011A0501<", most + "00<");
        assertThat(refusal(() -> GktpDocumentCodec.read(larger)).code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
        byte[] padded = changed(GKTPS, "<GMK-GKTPs>", " ".repeat(4 * 1024 * 1024) + "<GMK-GKTPs>");
        assertThat(refusal(() -> GktpDocumentCodec.read(padded)).code()).isEqualTo(KmsErrorCode.BODY_TOO_LARGE);
        byte[] longId = changed(GKTPS, "id=\"sip:alice", "id=\"sip:" + "a".repeat(2048));
        assertThat(refusal(() -> GktpDocumentCodec.read(longId)).code()).isEqualTo(KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void theSchemaKnowsWhatIsWrong() {
        for (String wrong : List.of("ARoFAQ==", "011A050")) {
            assertThat(refusal(() -> GroupSchema.validate(changed(GKTPS, "011A0501<", wrong + "<"))))
                    .hasMessageContaining("not schema-valid");
        }
        assertThat(refusal(() ->
                        GroupSchema.validate(changed(GKTPS, "<MKFC-GKTPs>", "<GMK-GKTPs></GMK-GKTPs><MKFC-GKTPs>"))))
                .hasMessageContaining("not schema-valid");
        assertThat(refusal(() ->
                        GroupSchema.validate(changed(GKTPS, " temporary-MCPTT-group-ID=\"" + TEMPORARY + "\"", ""))))
                .hasMessageContaining("not schema-valid");
    }

    @Test
    void valuesAreCheckedWhenMade() {
        assertThatCode(() -> new Gktp(ALICE, Octets.copyOf(new byte[0]))).hasMessageContaining("1 to 16384");
        assertThatCode(() -> new Gktp("a b", MESSAGE)).hasMessageContaining("white space");
        assertThatCode(() -> new RegroupedTransports("", List.of())).hasMessageContaining("empty");
    }

    private static String list(List<String> content) {
        return "<GKTPs xmlns=\"urn:3gpp:ns:mcpttGKTP:1.0\"><GMK-GKTPs>" + String.join("", content)
                + "</GMK-GKTPs></GKTPs>";
    }
}
