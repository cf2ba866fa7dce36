package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.client.TestSigner;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.partner.PartnerCertificate;
import org.mckms.protocol.partner.PartnerCertificateDocument;

/** {@code partner} and {@code certificate} against the operators' face on loopback, and {@code decode} on their files. */
class PartnerCommandsTest {
    private static final String SHA256 = "ab".repeat(32);
    private static TestPki pki;

    @TempDir
    private Path home;

    private StubServer server;
    private TestSigner signer;
    private byte[] document;
    private String file;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        server = new StubServer(pki);
        server.answers(request -> Reply.json(
                200, "{\"certUri\":\"cert1.kms.example.org\",\"kmsUri\":\"kms.example.org\",\"holds\":true}"));
        TestHome.make(home, pki, server.address(), server.address());
        signer = TestSigner.of(pki);
        document = PartnerCertificateDocument.write(TestDomain.certificate(Role.EXTERNAL, false), signer);
        file = Files.write(home.resolve("partner.xml"), document).toString();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void importsWithTheFingerprintReadOut() {
        Cli.Result result = run("partner", "import", file, "--sha256", SHA256);

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/partner-certificates");
        assertThat(server.lastRequest().client()).contains("officer");
        assertThat(Base64.getDecoder().decode(body().getString("document"))).isEqualTo(document);
        assertThat(body().getString("sha256")).isEqualTo(SHA256);

        run("partner", "replace", file, "--sha256", SHA256);
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/partner-certificates/replace");
    }

    @Test
    void asksForTheFingerprintWithoutShowingIt() {
        server.answers(request -> Reply.json(
                200, "{\"certUri\":\"c\",\"kmsUri\":\"kms.example.org\",\"fingerprint\":\"" + SHA256 + "\"}"));

        Cli.Result told = Cli.in(home).typing(SHA256 + "\n").run("partner", "import", file);
        assertThat(told.exit()).as(told.err()).isZero();
        assertThat(told.err()).contains("kms.example.org").doesNotContain(SHA256);
        assertThat(body().getString("sha256")).isEqualTo(SHA256);

        Cli.Result silent = run("partner", "import", file);
        assertThat(silent.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(server.lastRequest().target()).endsWith("/verify");
        assertThat(run("partner", "import", "-").exit()).isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void listsShowsVerifiesRevokesAndRemoves() {
        assertThat(run("partner", "verify", file).out()).contains("kms.example.org");
        run("partner", "show", "cert 1");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/partner-certificates/show?certUri=cert%201");
        run("partner", "revoke", "c", "--reason", "key lost");
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/partner-certificates/revoke");
        assertThat(body().getString("reason")).isEqualTo("key lost");
        run("partner", "remove", "c", "--reason", "over");
        assertThat(server.lastRequest().client()).contains("officer");

        server.answers(request -> Reply.json(200, "{\"certificates\":[{\"certUri\":\"c1\",\"holds\":false}]}"));
        assertThat(run("partner", "list").out()).contains("c1", "false");
        server.answers(request -> Reply.json(200, "{\"history\":[]}"));
        assertThat(run("partner", "history", "c1").out()).contains("nothing was held before");
    }

    @Test
    void exportsTheOwnCertificateWithItsFingerprints() {
        server.answers(request -> new Reply(200, Map.of("Content-Type", "application/xml"), document));

        Cli.Result result = run(
                "certificate", "export", "--output", home.resolve("ours.xml").toString());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/certificate");
        assertThat(result.out())
                .contains(
                        PartnerCertificate.fingerprint(TestDomain.certificate(Role.EXTERNAL, false))
                                .toHex()
                                .toLowerCase(Locale.ROOT),
                        CertificatePin.sha256(signer.certificate()));
    }

    @Test
    void decodeVerifiesACertificateFile() throws IOException {
        Cli.Result good = run("decode", file);
        assertThat(good.exit()).as(good.err()).isZero();
        assertThat(good.out()).contains("SignedKmsCertificate", "D.3.2", "ok  signature of", "ok  fingerprint");

        String altered = new String(document, StandardCharsets.UTF_8).replace("<UserKeyOffset>0<", "<UserKeyOffset>1<");
        Cli.Result bad = run(
                "decode", Files.writeString(home.resolve("bad.xml"), altered).toString());
        assertThat(bad.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(bad.err()).contains("TS 33.180 clause D.3.2");
    }

    @Test
    void signatureOfACertificateIsNotTakenForThatOfTheAnswer() throws IOException {
        String certificate = new String(document, StandardCharsets.UTF_8)
                .replaceFirst("^<\\?xml[^>]*>", "")
                .replace("xmldoc", "partner");
        String cache = new String(
                        TestDomain.document(new KmsCertCache(OptionalLong.of(1), List.of())), StandardCharsets.UTF_8)
                .replace("</KmsCertCache>", certificate + "</KmsCertCache>");

        Cli.Result result = run(
                "decode", Files.writeString(home.resolve("cache.xml"), cache).toString());

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("SignedKmsCertificate", "X509Certificate");
    }

    private JsonObject body() {
        try (JsonReader reader =
                Json.createReader(new ByteArrayInputStream(server.lastRequest().body()))) {
            return reader.readObject();
        }
    }

    private Cli.Result run(String... arguments) {
        return Cli.in(home).run(arguments);
    }
}
