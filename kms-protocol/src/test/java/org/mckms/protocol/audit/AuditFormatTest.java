package org.mckms.protocol.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/** The written form, against an export made by an independent program. */
class AuditFormatTest {
    private static final String ZEROS = "0".repeat(64);
    private static final String FIRST =
            "{\"chain\":\"node-1/1\",\"sequence\":1,\"time\":\"2026-01-01T00:00:00.000Z\",\"node\":\"node-1\","
                    + "\"event\":\"CHAIN_OPENED\",\"outcome\":\"DONE\",\"actor\":\"server\",\"subject\":\"\","
                    + "\"details\":{},\"previous\":\"" + ZEROS
                    + "\",\"hash\":\"19BEED76F870DB75E890EB207AEBCC20A6F7F127059A1977C84BE6783ED1D675\"}";

    @Test
    void writesTheRecordsOfTheIndependentExport() throws IOException {
        List<String> lines = lines("records.jsonl");
        AuditRecord first = AuditRecord.first(
                "node-1/1", entry("2026-01-01T00:00:00Z", AuditEvent.CHAIN_OPENED, "DONE", "server", "", Map.of()));
        AuditRecord second = AuditRecord.after(
                "node-1/1",
                first.head(),
                entry(
                        "2026-01-01T00:00:01.250999999Z",
                        AuditEvent.KEYS_PROVISIONED,
                        "DONE",
                        "sip:alice@example.org",
                        "sip:alice@example.org",
                        Map.of("period", "1514", "issue", "0")));
        AuditRecord third = AuditRecord.after(
                "node-1/1",
                second.head(),
                entry(
                        "2026-01-01T00:00:02Z",
                        AuditEvent.REQUEST_REFUSED,
                        "REFUSED",
                        "sip:b\u00F6b@example.org",
                        "sip:\"x\"\\y",
                        Map.of("text", "\b\f\n\r\t\u0001\u001F\u007F/\u2028\uD83D\uDD11")));
        assertThat(first.toJson()).isEqualTo(lines.get(0)).isEqualTo(FIRST);
        assertThat(second.toJson()).isEqualTo(lines.get(1));
        assertThat(third.toJson()).isEqualTo(lines.get(3));
        assertThat(AuditRecord.adoption("node-1/1", third.head()))
                .isEqualTo(AuditRecord.parse(lines.get(5)).details());
    }

    @Test
    void readsBackEveryLineOfTheIndependentExport() throws IOException {
        for (String line : lines("records.jsonl")) {
            AuditRecord record = AuditRecord.parse(line);
            assertThat(record.isIntact()).isTrue();
            assertThat(record.toJson()).isEqualTo(line);
        }
        for (String line : lines("checkpoints.jsonl")) {
            AuditCheckpoint checkpoint = AuditCheckpoint.parse(line);
            assertThat(checkpoint.isIntact()).isTrue();
            assertThat(checkpoint.isSignedBy(certificate().getPublicKey())).isTrue();
            assertThat(checkpoint.toJson()).isEqualTo(line);
        }
    }

    @Test
    void writesTheCheckpointsOfTheIndependentExport() throws IOException {
        AuditCheckpoint first = AuditCheckpoint.parse(lines("checkpoints.jsonl").get(0));
        AuditCheckpoint second =
                AuditCheckpoint.parse(lines("checkpoints.jsonl").get(1));
        CheckpointBody body =
                CheckpointBody.next(Optional.of(first), Instant.parse("2026-01-01T01:00:10.000999Z"), second.heads());
        assertThat(body.signed(second.signature()).toJson()).isEqualTo(second.toJson());
        assertThat(CheckpointBody.next(Optional.empty(), first.time(), first.heads()))
                .isEqualTo(first.body());
    }

    @Test
    void verifiesTheIndependentExport() throws IOException {
        AuditReport report = verify(text -> text, text -> text);
        assertThat(report)
                .isEqualTo(new AuditReport(
                        7, 3, 2, Optional.of(Instant.parse("2026-01-01T01:00:10Z")), 0, Optional.empty()));
    }

    @Test
    void readsACertificateInDerToo() throws Exception {
        X509Certificate certificate = certificate();
        assertThat(AuditVerifier.certificate(certificate.getEncoded())).isEqualTo(certificate);
        assertThatThrownBy(() -> AuditVerifier.certificate("no certificate".getBytes(UTF_8)))
                .isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sequence\":1,|sequence\":01,",
                "sequence\":1,|sequence\":+1,",
                "sequence\":1,|sequence\":1.0,",
                "sequence\":1,|sequence\":,",
                "sequence\":1,|sequence\":99999999999999999999,",
                "sequence\":1,|sequence\":0,",
                ".000Z|Z",
                ".000Z|.000001Z",
                "2026-01-01|2026-02-31",
                "CHAIN_OPENED|CHAIN\\u005fOPENED",
                "CHAIN_OPENED|CHAIN\\/OPENED",
                "CHAIN_OPENED|CHAIN\\q",
                "CHAIN_OPENED|CHAIN\\uzzzz",
                "\"node\":|\"knot\":",
                "\"details\":{}|\"details\":{\"b\":\"1\",\"a\":\"2\"}",
                "\"details\":{}|\"details\":{\"a\":\"1\",\"a\":\"1\"}",
                "\"details\":{}|\"details\":{\"a\":1}",
                "\"details\":{}|\"details\":[]",
                "\"details\":{}|\"details\":{\"a\":{}}",
                "19BEED|19beed",
                "19BEED|XXBEED",
                "{\"chain|{ \"chain",
                "\"}|\",\"more\":\"\"}",
                "\"}|",
                "node-1/1|",
                "node-1/1|\\ud800",
                "node-1/1|\\u0000"
            })
    void acceptsNoOtherFormOfARecord(String from, String to) {
        String line = FIRST.replace(from, to == null ? "" : to);
        assertThat(line).isNotEqualTo(FIRST);
        assertThatThrownBy(() -> AuditRecord.parse(line)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}", "null", "[]", "\"", "{\"chain\":\"a", "{\"chain\":\"a\\", "{\"chain\":\"\\u00"})
    void acceptsNoFragment(String line) {
        assertThatThrownBy(() -> AuditRecord.parse(line)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> AuditCheckpoint.parse(line)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\n", "{}", "\0"})
    void acceptsNothingAfterARecord(String more) {
        assertThatThrownBy(() -> AuditRecord.parse(FIRST + more)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void namesTheLineOfAFault() throws IOException {
        assertThat(fault(text -> text, text -> text.replace("{\"issue\"", "{ \"issue\"")))
                .startsWith("line 2 of the records: the line is not of the audit format");
        assertThat(fault(text -> text.replace("\"checkpoint\":2", "\"checkpoint\":02"), text -> text))
                .isEqualTo("line 2 of the checkpoints: the line is not in canonical form");
        assertThat(fault(text -> text, text -> text.substring(0, text.length() - 1)))
                .isEqualTo("line 7 of the records: the file ends within the line");
        assertThat(fault(text -> text, text -> text.replace("\n", "\r\n")))
                .startsWith("line 1 of the records: the line is not of the audit format");
        assertThat(fault(text -> text, text -> text + "\n")).startsWith("line 8 of the records: ");
    }

    @Test
    void findsLinesThatAreNotUtf8() throws IOException {
        byte[] records = resource("records.jsonl");
        records[20] = (byte) 0xFF;
        AuditReport report = AuditVerifier.verify(
                new ByteArrayInputStream(records),
                new ByteArrayInputStream(resource("checkpoints.jsonl")),
                certificate());
        assertThat(report.firstFault()).contains(new AuditFault("line 1 of the records", "the line is not UTF-8"));
    }

    @Test
    void findsAnAlterationInTheIndependentExport() throws IOException {
        assertThat(fault(text -> text, text -> text.replace("\"1514\"", "\"1515\"")))
                .isEqualTo("chain node-1/1, sequence 2: it was altered: its hash is not that of its content");
        assertThat(fault(text -> text.replace("01:00:10.000", "01:00:11.000"), text -> text))
                .isEqualTo("checkpoint 2: it was altered: its hash is not that of its content");
    }

    @Test
    void keepsOnlyWhatHasOneWrittenForm() {
        Instant time = Instant.parse("2026-01-01T00:00:00Z");
        SortedMap<String, String> none = new TreeMap<>();
        assertThatThrownBy(() -> new AuditEntry(time, "n", AuditEvent.CHAIN_OPENED, "DONE", "a\uD800b", "", none))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new AuditEntry(time, "n", AuditEvent.CHAIN_OPENED, "DONE", "a\0b", "", none))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new AuditEntry(time, "n", AuditEvent.CHAIN_OPENED, "DONE", "a".repeat(4097), "", none))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new AuditEntry(time, "", AuditEvent.CHAIN_OPENED, "DONE", "", "", none))
                .isInstanceOf(InvalidValueException.class);
        SortedMap<String, String> many = new TreeMap<>();
        for (int i = 0; i < 33; i++) {
            many.put("key" + i, "");
        }
        assertThatThrownBy(() -> new AuditEntry(time, "n", AuditEvent.CHAIN_OPENED, "DONE", "", "", many))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new ChainHead(1, Octets.fromHex("00"))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> new ChainHead(0, Octets.fromHex(ZEROS))).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void makesTextOfStrangersFit() {
        assertThat(AuditText.of("plain \u00E9\uD83D\uDD11\n")).isEqualTo("plain \u00E9\uD83D\uDD11\n");
        assertThat(AuditText.of("a\0b\uD800c\uDC00")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
        assertThat(AuditText.of("x".repeat(4096))).isEqualTo("x".repeat(4096));
        assertThat(AuditText.of("x".repeat(5000))).isEqualTo("x".repeat(4093) + "...");
        assertThat(AuditText.of("x".repeat(4092) + "\uD83D\uDD11".repeat(9))).isEqualTo("x".repeat(4092) + "...");
    }

    @Test
    void refusesAnExportWithoutCheckpointsAndAnEmptyOne() throws IOException {
        assertThat(fault(checkpoints -> "", records -> records)).startsWith("checkpoints: there is none");
        assertThat(fault(checkpoints -> "", records -> "")).startsWith("checkpoints: there is none");
    }

    @Test
    void demandsCheckpointsByTheirNumber() throws IOException {
        assertThat(reaching(2).firstFault()).isEmpty();
        assertThat(reaching(2).newestCheckpoint()).contains(Instant.parse("2026-01-01T01:00:10.000Z"));
        assertThat(reaching(3).firstFault()).isPresent();
        assertThatThrownBy(() -> reaching(0)).isInstanceOf(InvalidValueException.class);
    }

    private static AuditReport reaching(long atLeastCheckpoint) throws IOException {
        return AuditVerifier.verify(
                changed("records.jsonl", text -> text),
                changed("checkpoints.jsonl", text -> text),
                certificate(),
                atLeastCheckpoint);
    }

    private static AuditEntry entry(
            String time, AuditEvent event, String outcome, String actor, String subject, Map<String, String> details) {
        return new AuditEntry(Instant.parse(time), "node-1", event, outcome, actor, subject, new TreeMap<>(details));
    }

    private static String fault(UnaryOperator<String> checkpoints, UnaryOperator<String> records) throws IOException {
        return verify(checkpoints, records).firstFault().orElseThrow().toString();
    }

    private static AuditReport verify(UnaryOperator<String> checkpoints, UnaryOperator<String> records)
            throws IOException {
        return AuditVerifier.verify(
                changed("records.jsonl", records), changed("checkpoints.jsonl", checkpoints), certificate());
    }

    private static InputStream changed(String name, UnaryOperator<String> change) throws IOException {
        return new ByteArrayInputStream(
                change.apply(new String(resource(name), UTF_8)).getBytes(UTF_8));
    }

    private static X509Certificate certificate() throws IOException {
        return AuditVerifier.certificate(resource("certificate.pem"));
    }

    private static List<String> lines(String name) throws IOException {
        return Arrays.asList(new String(resource(name), UTF_8).split("\n"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = AuditFormatTest.class.getResourceAsStream("/vectors/audit/" + name)) {
            return in.readAllBytes();
        }
    }
}
