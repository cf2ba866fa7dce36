package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.Fixtures;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekSamples;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.xml.KmsSchema;

/** The examples of docs/cek-messages.md are what they are said to be. */
class CekDocumentationTest {
    private static final Pattern EXAMPLE = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

    @Test
    void theListIsReadAndHasTheKeyThatIsNamed() throws IOException {
        byte[] document = new String(
                        KmsResponseCodec.encode(empty(), WireDialect.STANDARD, ResponseProtection.NONE), UTF_8)
                .replaceFirst("<CekList .*</CekList>", examples().get(0))
                .getBytes(UTF_8);

        assertThatCode(() -> KmsSchema.validate(document)).doesNotThrowAnyException();
        try (ReceivedResponse received = KmsResponseCodec.read(document, SecurityVectors.receivingKeys())) {
            Cek cek = ((CekList) received.response().answer()).ceks().get(0);
            assertThat(cek)
                    .usingRecursiveComparison()
                    .ignoringFields("key")
                    .isEqualTo(CekSamples.full(CekStatus.ACTIVE));
            assertThat(cek.key().orElseThrow().<byte[]>use(byte[]::clone)).isEqualTo(CekSamples.octets());
        }
    }

    @Test
    void theAcknowledgementIsRead() throws IOException {
        byte[] document = new String(KmsRequestCodec.encode(request()), UTF_8)
                .replace("</KmsRequest>", examples().get(1) + "</KmsRequest>")
                .getBytes(UTF_8);

        assertThatCode(() -> KmsSchema.validate(document)).doesNotThrowAnyException();
        assertThat(KmsRequestCodec.read(document, RequestLeniency.STANDARD)
                        .request()
                        .extension())
                .contains(new CekAcknowledgement(List.of(
                        new CekAcknowledgement.Item(CekSamples.KEY_ID, 7, Optional.empty()),
                        new CekAcknowledgement.Item(CekSamples.OTHER_KEY_ID, 1, Optional.of(CekFault.CANNOT_OPEN)))));
    }

    @Test
    void everyFaultIsNamedWithItsNumber() throws IOException {
        for (CekFault fault : CekFault.values()) {
            assertThat(page()).contains("| " + fault.number() + " | " + fault.name() + " |");
        }
    }

    private static KmsResponse empty() {
        return new KmsResponse(
                Fixtures.ALICE,
                Fixtures.KMS,
                Fixtures.ANSWERED,
                Optional.empty(),
                Fixtures.ROOT_URL,
                new CekList(List.of()));
    }

    private static KmsRequest request() {
        return new KmsRequest(
                CekSamples.SERVER,
                Fixtures.KMS,
                Fixtures.ANSWERED,
                Optional.empty(),
                Optional.empty(),
                Fixtures.ROOT_URL,
                Optional.empty());
    }

    private static List<String> examples() throws IOException {
        return EXAMPLE.matcher(page()).results().map(match -> match.group(1)).toList();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "cek-messages.md"));
    }
}
