package org.mckms.client.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileInputTest {
    private static final Explainer EXPLAINER = new Explainer(Instant.EPOCH, false, Optional.empty(), Optional.empty());
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String BEGIN = "<KmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\">";
    private static final String END = "</KmsRequest>";

    @Test
    void showsNothingThatATerminalWouldActOn() {
        String text = "sip:a\u0085\u009B31m\u202Eb\n\u2028error: all is well\uFFFE";
        String visible = VisibleText.of(text + "\u001B[2J\uD800");

        assertThat(visible)
                .isEqualTo("sip:a\\u{0085}\\u{009B}31m\\u{202E}b\\u{000A}\\u{2028}error: all is well\\u{FFFE}"
                        + "\\u{001B}[2J\\u{D800}");
        assertThat(EXPLAINER
                        .explain(octets(BEGIN + "<UserUri>sip:a&#x9B;31m&#10;error: x</UserUri>" + END))
                        .lines())
                .allSatisfy(line ->
                        assertThat(line.value() + line.note() + line.path()).doesNotContain("\u009B", "\n"));
    }

    @Test
    void cutsWhatIsLong() {
        assertThat(VisibleText.of("x".repeat(100_000))).hasSizeLessThan(700).endsWith("... (100000 characters)");
    }

    @Test
    void endsSoonOnWhatIsMadeToTakeLong() {
        List<String> hostile = List.of(
                BEGIN + "<UserUri>" + " ".repeat(3_000_000) + "x" + " ".repeat(1_000_000) + "</UserUri>" + END,
                BEGIN + "<a>".repeat(200_000) + END,
                BEGIN + "<UserUri/>".repeat(90_000) + END,
                BEGIN + "<UserUri" + " a=\"b\"".repeat(1000) + "/>" + END,
                BEGIN + "<Time>" + "1".repeat(4_000_000) + "</Time>" + END,
                BEGIN + "<!--" + "-".repeat(1_000_000),
                "<!DOCTYPE a [<!ENTITY a \"" + "a".repeat(1000) + "\"><!ENTITY b \"" + "&a;".repeat(1000)
                        + "\">]><a>&b;</a>",
                "a.".repeat(2_000_000),
                "A".repeat(4_000_000),
                "{" + "[".repeat(4_000_000),
                " ".repeat(4_000_000));
        for (String document : hostile) {
            byte[] octets = octets(document);
            Explanation explanation = Assertions.assertTimeoutPreemptively(
                    SOON, () -> EXPLAINER.explain(octets), document.substring(0, 20));
            assertThat(explanation.faults()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK', an HTTP answer",
        "'POST /keymanagement/identity/v1/init HTTP/1.1', an HTTP request",
        "'-----BEGIN CERTIFICATE-----', an X.509 certificate",
        "'-----BEGIN PRIVATE KEY-----', a private key",
        "'{\"keys\": []}', a JWKS",
        "'{\"position\":1,\"chain\":\"a\",\"sequence\":1}', audit records",
        "'{\"error\":{}}', JSON",
        "'PK\u0003\u0004', a ZIP archive",
        "'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A', base64 of something",
        "'kms', neither XML nor"
    })
    void saysWhatAnUnknownDocumentSeemsToBe(String text, String what) {
        Explanation explanation = EXPLAINER.explain(text.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(explanation.kind()).isEqualTo(DocumentKind.UNKNOWN);
        assertThat(explanation.firstFault().orElseThrow().what()).startsWith("unknown document: " + what);
        assertThat(explanation.advice()).isPresent();
    }

    @Test
    void alteredSamplesNeverThrow() {
        SplittableRandom random = new SplittableRandom(20240518);
        for (String sample : List.of(
                "signed-kms-request.xml",
                "signed-kms-response.xml",
                "kms-certcache.xml",
                "cek-cms-authenveloped.der.b64")) {
            byte[] good = Samples.octets(sample);
            for (int i = 0; i < 300; i++) {
                byte[] altered = good.clone();
                for (int j = random.nextInt(1, 6); j > 0; j--) {
                    altered[random.nextInt(altered.length)] = (byte) random.nextInt(256);
                }
                assertThatCode(() -> EXPLAINER.explain(altered))
                        .as(sample + ", round " + i)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
