package org.mckms.client.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.client.TestDomain;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.client.cli.explain.Explanation.Line;
import org.mckms.mikeysakke.Octets;

class MikeyExplainerTest {
    private static final Explainer EXPLAINER = new Explainer(Instant.EPOCH, false, Optional.empty(), Optional.empty());
    private static final List<JsonObject> MESSAGES = TestDomain.load("/vectors/mikey/domain-selfmade.json")
            .getJsonArray("cases")
            .getValuesAs(JsonObject.class);
    private static final Octets GMK = octets(MESSAGES.get(0));

    private static Octets octets(JsonObject message) {
        return Octets.fromHex(message.getString("message"));
    }

    static Stream<Octets> messages() {
        return MESSAGES.stream().map(MikeyExplainerTest::octets);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void findsNothingWrongInAGoodMessage(Octets message) {
        Explanation explanation = EXPLAINER.explain(message.toByteArray());

        assertThat(explanation.kind()).isEqualTo(DocumentKind.I_MESSAGE);
        assertThat(explanation.faults()).isEmpty();
        assertThat(explanation.lines()).hasSizeGreaterThan(40).allSatisfy(line -> assertThat(line.clause())
                .isNotEmpty());
    }

    @Test
    void explainsEachFieldWithItsClause() {
        Explanation explanation = EXPLAINER.explain(GMK.toByteArray());

        assertLine(explanation, "HDR/CSB ID", "RFC 3830 6.1", "0811B545", "GMK");
        assertLine(explanation, "CS ID map/CS ID", "RFC 6043 6.1.1", "4", "mcptt group");
        assertLine(explanation, "CS ID map/SPI", "RFC 6043 6.1.1", "028A86B10811B545", "GMK-ID and GUK-ID");
        assertLine(explanation, "T/TS value", "RFC 3830 6.6", "E9F2C09900000000", "2024-05-18T05:52:25Z");
        assertLine(explanation, "IDR of the responder/ID data", "E.1", "sip:alice@example.org", "");
        assertLine(explanation, "SP/policy param type[7]", "RFC 3830 6.10", "13", "ROC transmission rate");
        assertLine(explanation, "key parameters/DPPK-ID", "E.6.1", "0811B545", "");
        assertLine(explanation, "SIGN/S type and signature length", "E.1.2", "8321", "ECCSI, 129 octets");
    }

    private static void assertLine(Explanation explanation, String path, String clause, String value, String note) {
        Line line = explanation.lines().stream()
                .filter(candidate -> candidate.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + path));
        assertThat(line.clause()).isEqualTo(clause);
        assertThat(line.value()).isEqualTo(value);
        assertThat(line.note()).contains(note);
    }

    @Test
    void readsHexBase64AndTheAttributeOfSdp() {
        String hex = GMK.toHex();
        String base64 = Base64.getEncoder().encodeToString(GMK.toByteArray());
        Explanation binary = EXPLAINER.explain(GMK.toByteArray());

        for (String text : List.of(
                hex,
                hex.toLowerCase(Locale.ROOT) + "\n",
                base64,
                base64.replaceAll("(.{76})", "$1\n"),
                "a=key-mgmt:mikey " + base64,
                "mikey " + base64)) {
            assertThat(EXPLAINER.explain(text.getBytes(StandardCharsets.US_ASCII)))
                    .isEqualTo(binary);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 00, HDR/data type, RFC 3830 6.1, 'data type is 0, not 26'",
        "3, 02, HDR/V and PRF func, RFC 3830 6.1, 'PRF func is 2, not 1'",
        "36, 0F, RAND/RAND length, RFC 3830 6.11, RAND has 15 octets",
        "54, 02, IDR of the initiator/ID role, E.1, ID role 2 stands in the place of IDR_INITIATOR",
        "181, 00, SAKKE, RFC 6509, SAKKE data has 17 octets",
        "569, 20, SIGN/S type and signature length, E.1.2, 'S type 2 with 32 octets, not ECCSI with 129'"
    })
    void namesTheFirstThingThatIsWrong(int offset, String octet, String where, String clause, String what) {
        byte[] broken = GMK.toByteArray();
        broken[offset] = (byte) Integer.parseInt(octet, 16);

        Fault fault = EXPLAINER.explain(broken).firstFault().orElseThrow();

        assertThat(fault.where()).startsWith(where);
        assertThat(fault.clause()).isEqualTo(clause);
        assertThat(fault.what()).startsWith(what);
    }

    @Test
    void showsWhatComesBeforeACut() {
        Explanation explanation = EXPLAINER.explain(Arrays.copyOf(GMK.toByteArray(), 100));

        assertThat(explanation.lines()).extracting(Line::name).contains("CSB ID", "RAND", "IDR of the responder");
        assertThat(explanation.firstFault().orElseThrow().where()).isEqualTo("IDR of the responder");
        assertThat(explanation.firstFault().orElseThrow().what())
                .startsWith("ID data of IDR_RESPONDER needs 21 octets, 18 are left");
    }

    @Test
    void namesTheDeviationsWithWhichAMessageCouldBeRead() {
        byte[] deviating = GMK.toByteArray();
        deviating[3] = (byte) 0x81;
        deviating[104] = 3;
        deviating[124] = 3;

        Explanation explanation = EXPLAINER.explain(deviating);

        assertThat(explanation.firstFault().orElseThrow().what()).startsWith("the V bit asks for an answer");
        assertThat(explanation.advice())
                .contains("a receiver can be told to accept KMS_ROLES_BY_ORDER and ANSWER_EXPECTED");
        assertThat(explanation.lines()).extracting(Line::name).contains("signature");
    }

    @Test
    void explainsTheMessagesOfAGktpDocument() {
        String document = "<GKTPs xmlns=\"urn:3gpp:ns:mcpttGKTP:1.0\" xmlns:x=\"urn:x\"><GMK-GKTPs>"
                + "<GKTP id=\"sip:alice@example.org\" x:extra=\"1\">" + GMK.toHex() + "</GKTP>"
                + "<on-network-regrouped-GKTPs temporary-MCPTT-group-ID=\"sip:tmp-7@example.org\">"
                + "<GKTP id=\"sip:alice@example.org\">" + GMK.toHex() + "</GKTP></on-network-regrouped-GKTPs>"
                + "<anyExt/></GMK-GKTPs><x:other/></GKTPs>";

        Explanation explanation = EXPLAINER.explain(document.getBytes(StandardCharsets.UTF_8));

        assertThat(explanation.kind()).isEqualTo(DocumentKind.GKTPS);
        assertThat(explanation.faults()).isEmpty();
        assertLine(explanation, "GKTPs/GMK-GKTPs/GKTP/@id", "TS 24.481", "sip:alice@example.org", "member");
        assertLine(explanation, "GKTPs/GMK-GKTPs/GKTP/message/HDR/CSB ID", "RFC 3830 6.1", "0811B545", "");
        assertLine(
                explanation,
                "GKTPs/GMK-GKTPs/on-network-regrouped-GKTPs/@temporary-MCPTT-group-ID",
                "TS 24.481",
                "sip:tmp-7@example.org",
                "temporary");
        assertLine(explanation, "GKTPs/other", "TS 24.481", "", "passed over");
    }

    @ParameterizedTest
    @CsvSource({
        "<GKTP id='sip:a@b'>011A</GKTP>, GKTPs/GMK-GKTPs/GKTP/message/HDR, next payload of HDR needs 1 octets",
        "<GKTP id='sip:a@b'>xyz!</GKTP>, GKTPs/GMK-GKTPs/GKTP, is neither hex nor base64",
        "<GKTP/>, GKTPs/GMK-GKTPs/GKTP, is neither hex nor base64",
        "<Gktp/>, GKTPs/GMK-GKTPs/Gktp, this element has no place here",
        "<GMK-GKTPs/>, GKTPs/GMK-GKTPs/GMK-GKTPs, this element has no place here"
    })
    void namesTheFirstThingThatIsWrongInAGktpDocument(String content, String where, String what) {
        String document = "<GKTPs xmlns='urn:3gpp:ns:mcpttGKTP:1.0'><GMK-GKTPs>" + content + "</GMK-GKTPs></GKTPs>";

        Fault fault = EXPLAINER
                .explain(document.getBytes(StandardCharsets.UTF_8))
                .firstFault()
                .orElseThrow();

        assertThat(fault.where()).isEqualTo(where);
        assertThat(fault.what()).startsWith(what);
    }

    @Test
    void namesWhatOnlyTheReaderOfAClientFinds() {
        String withoutId = "<GKTPs xmlns='urn:3gpp:ns:mcpttGKTP:1.0'><GMK-GKTPs><GKTP>" + GMK.toHex()
                + "</GKTP></GMK-GKTPs></GKTPs>";
        String strange = "<GKTPs xmlns='urn:x'/>";

        assertThat(fault(withoutId)).contains("GKTP has no id");
        assertThat(fault(strange)).startsWith("the namespace is that of no service");
    }

    private static String fault(String document) {
        return EXPLAINER
                .explain(document.getBytes(StandardCharsets.UTF_8))
                .firstFault()
                .orElseThrow()
                .what();
    }

    @Test
    void alteredMessagesNeverThrow() {
        SplittableRandom random = new SplittableRandom(33180);
        for (Octets message : messages().toList()) {
            for (int i = 0; i < 300; i++) {
                byte[] altered = message.toByteArray();
                for (int j = random.nextInt(1, 6); j > 0; j--) {
                    altered[random.nextInt(2, altered.length)] = (byte) random.nextInt(256);
                }
                byte[] cut = Arrays.copyOf(altered, random.nextInt(2, altered.length + 20));
                assertThatCode(() -> EXPLAINER.explain(cut)).doesNotThrowAnyException();
            }
        }
    }
}
