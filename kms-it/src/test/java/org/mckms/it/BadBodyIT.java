package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningKms;

/** Bodies that are too long, no XML, the wrong XML, or say what is not so; always sent with a good token. */
@ExtendWith(RunningKms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadBodyIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final int LIMIT = 64 * 1024;

    private final Kms kms;
    private final Csc csc;
    private final String token;

    BadBodyIT(Kms kms) {
        this.kms = kms;
        this.csc = kms.csc();
        this.token = kms.idm().user(ALICE);
    }

    @Test
    void bodyOfAnotherIdentityIsForbidden() {
        kms.observe(() -> csc.post("/keyprov", token, body("sip:bob@example.org", "/keyprov")))
                .assertRefused(403, 403);
    }

    Stream<Arguments> malformedBodies() {
        String good = body(ALICE, "/keyprov");
        return Stream.of(
                Arguments.of("not XML", "user=alice"),
                Arguments.of("cut short", good.substring(0, good.length() - 5)),
                Arguments.of("two roots", good + "<x/>"),
                Arguments.of("other root", "<KmsResponse xmlns=\"" + Reply.NAMESPACE + "\"/>"),
                Arguments.of("other namespace", good.replace(Reply.NAMESPACE, "urn:other")),
                Arguments.of("no user", good.replace("<UserUri>" + ALICE + "</UserUri>", "")),
                Arguments.of("two users", good.replace("<KmsUri>", "<UserUri>sip:bob@example.org</UserUri><KmsUri>")),
                Arguments.of(
                        "user in an attribute", good.replace("<UserUri>" + ALICE + "</UserUri>", "<UserUri v=\"a\"/>")),
                Arguments.of("no time", good.replaceAll("<Time>.*</Time>", "")),
                Arguments.of("time that is none", good.replaceAll("<Time>.*</Time>", "<Time>now</Time>")),
                Arguments.of("DOCTYPE", doctype("<!DOCTYPE KmsRequest>", good)),
                Arguments.of(
                        "external entity",
                        doctype("<!DOCTYPE KmsRequest [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", good)
                                .replace(ALICE, "&x;")),
                Arguments.of("entity expansion", doctype(laughs(), good).replace(ALICE, "&l9;")),
                Arguments.of(
                        "parameter entity",
                        doctype("<!DOCTYPE k [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p\"> %p;]>", good)),
                Arguments.of("8000 nested elements", "<a>".repeat(8000) + "</a>".repeat(8000)),
                Arguments.of(
                        "nested in an extension",
                        good.replace("</KmsRequest>", "<x xmlns=\"urn:x\">" + nested(3000) + "</x></KmsRequest>")),
                Arguments.of(
                        "one attribute of 64 KiB",
                        good.replace("Id=\"xmldoc\"", "Id=\"" + "a".repeat(LIMIT - 1000) + "\"")),
                Arguments.of("4000 attributes", good.replace("Id=\"xmldoc\"", attributes(4000))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedBodies")
    void malformedBodyIsRefusedWithinLimits(String name, String xml) {
        assertThat(xml.length()).isLessThanOrEqualTo(LIMIT);
        Instant before = Instant.now();

        Observed seen = kms.observe(() -> csc.post("/keyprov", token, xml));

        seen.assertRefused(400, 400);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(seen.reply().text()).doesNotContain("root:").doesNotContain("passwd");
    }

    @Test
    void octetsThatAreNotUtf8AreRefused() {
        byte[] latin1 = body("sip:z\u00fcrich@example.org", "/keyprov").getBytes(StandardCharsets.ISO_8859_1);
        HttpRequest request = csc.with(token, "/keyprov")
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(latin1))
                .build();

        kms.observe(() -> csc.send(request)).assertRefused(400, 400);
    }

    /** As HardenedXml says: UTF-8 only, and a declared encoding is not looked at. */
    @Test
    void otherEncodingThanUtf8IsNotRead() {
        String labelled = body(ALICE, "/keyprov").replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");

        assertThat(csc.post("/keyprov", token, labelled).status()).isEqualTo(200);
        kms.observe(() -> csc.send(csc.with(token, "/keyprov")
                        .header("Content-Type", "application/xml")
                        .POST(HttpRequest.BodyPublishers.ofString(labelled, StandardCharsets.UTF_16))
                        .build()))
                .assertRefused(400, 400);
    }

    @Test
    void bodyOver64KiBIsRefusedByItsLength() {
        HttpRequest request = csc.with(token, "/keyprov")
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[LIMIT + 1]))
                .build();

        kms.observe(() -> csc.send(request)).assertRefused(413, 413);
    }

    @Test
    void bodyOver64KiBIsRefusedWithoutALength() {
        HttpRequest chunked = csc.with(token, "/keyprov")
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LIMIT + 1])))
                .build();

        kms.observe(() -> csc.send(chunked)).assertRefused(413, 413);
    }

    @Test
    void bodyOfExactly64KiBIsRead() {
        String good = body(ALICE, "/keyprov");
        String filled = good.replace("</KmsRequest>", " ".repeat(LIMIT - good.length()) + "</KmsRequest>");

        assertThat(csc.post("/keyprov", token, filled).status()).isEqualTo(200);
    }

    @Test
    void otherMediaTypeIsRefused() {
        HttpRequest json = csc.with(token, "/keyprov")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();

        kms.observe(() -> csc.send(json)).assertRefused(415, 415);
    }

    @Test
    void unacceptableAcceptIsRefused() {
        HttpRequest request = csc.to("/keyprov")
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        kms.observe(() -> csc.send(request)).assertRefused(406, 406);
    }

    @Test
    void otherKmsUriIsRefused() {
        String xml =
                Csc.requestBody(ALICE, "kms.elsewhere.example", Instant.now().toString(), csc.url("/keyprov"));

        kms.observe(() -> csc.post("/keyprov", token, xml)).assertRefused(400, 4003);
    }

    @Test
    void otherRequestUrlIsRefused() {
        kms.observe(() -> csc.post("/keyprov", token, body(ALICE, "/init"))).assertRefused(400, 4004);
    }

    @Test
    void staleAndEarlyRequestsAreRefused() {
        for (Instant time :
                List.of(Instant.now().minusSeconds(300), Instant.now().plusSeconds(300))) {
            String xml = Csc.requestBody(ALICE, kms.kmsUri(), time.toString(), csc.url("/keyprov"));

            kms.observe(() -> csc.post("/keyprov", token, xml)).assertRefused(400, 4001);
        }
    }

    private String body(String userUri, String resource) {
        return Csc.requestBody(userUri, kms.kmsUri(), Instant.now().toString(), csc.url(resource));
    }

    private static String doctype(String doctype, String xml) {
        return xml.replace("?>", "?>" + doctype);
    }

    private static String laughs() {
        StringBuilder entities = new StringBuilder("<!DOCTYPE k [<!ENTITY l0 \"ha\">");
        for (int i = 1; i < 10; i++) {
            entities.append("<!ENTITY l" + i + " \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return entities.append("]>").toString();
    }

    private static String nested(int depth) {
        return "<a>".repeat(depth) + "</a>".repeat(depth);
    }

    private static String attributes(int count) {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        return attributes.toString().trim();
    }
}
