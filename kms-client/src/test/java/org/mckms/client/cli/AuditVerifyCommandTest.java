package org.mckms.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.StubServer;
import org.mckms.client.StubServer.Reply;
import org.mckms.client.TestDomain;
import org.mckms.client.TestPki;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.audit.AuditCheckpoint;
import org.mckms.protocol.audit.AuditEntry;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.audit.AuditRecord;
import org.mckms.protocol.audit.CheckpointBody;

/** {@code audit export} and {@code audit verify} on a trail of one chain with two checkpoints. */
class AuditVerifyCommandTest {
    private static final String CHAIN = "node-1.1";
    private static TestPki pki;

    @TempDir
    private Path home;

    private TestPki.Holder signer;
    private StubServer server;
    private List<AuditRecord> records;
    private List<AuditCheckpoint> checkpoints;
    private Path copy;

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() throws Exception {
        signer = pki.issue("audit");
        makeTrail();
        server = new StubServer(pki);
        server.answers(this::serve);
        TestHome.make(home, pki, server.address(), server.address());
        copy = home.resolve("copy");
    }

    private void makeTrail() throws Exception {
        records = new ArrayList<>();
        records.add(AuditRecord.first(CHAIN, entry(AuditEvent.CHAIN_OPENED)));
        add(AuditEvent.VAULT_ACTIVATED);
        add(AuditEvent.KEYS_PROVISIONED);
        checkpoints = new ArrayList<>();
        checkpoints.add(checkpoint(Optional.empty()));
        add(AuditEvent.KEYS_PROVISIONED);
        checkpoints.add(checkpoint(Optional.of(checkpoints.get(0))));
        add(AuditEvent.CHAIN_CLOSED);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatIsExportedVerifies() throws Exception {
        Cli.Result exported = Cli.in(home).run("audit", "export", copy.toString());
        Cli.Result verified = Cli.in(home).run("audit", "verify", copy.toString());

        assertThat(exported.exit()).isZero();
        assertThat(exported.out()).contains("records.ndjson", "checkpoints.ndjson", "certificate.pem");
        assertThat(verified.exit()).isZero();
        assertThat(verified.out().lines())
                .containsExactly(
                        "records              5",
                        "chains               1",
                        "checkpoints          2",
                        "newest checkpoint    number 2 of 2024-05-18T05:52:25Z",
                        "records behind it    1, not signed yet",
                        "certificate SHA-256  " + sha256(),
                        "result               the audit trail holds");
        assertThat(Cli.in(home)
                        .run("audit", "verify", copy.toString(), "--json")
                        .json()
                        .getBoolean("holds"))
                .isTrue();
    }

    @Test
    void anExportWithoutCheckpointsDoesNotHold() throws Exception {
        Cli.in(home).run("audit", "export", copy.toString());
        Files.writeString(copy.resolve("checkpoints.ndjson"), "");

        Cli.Result selfMade = verify();
        assertThat(selfMade.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(selfMade.out()).contains("DOES NOT HOLD", "newest checkpoint    none");
        assertThat(selfMade.err())
                .startsWith("error: first fault: checkpoints: there is none")
                .contains("hint: a server signs");

        Files.writeString(copy.resolve("records.ndjson"), "");
        assertThat(verify().exit()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void theNewestCheckpointMayBeDemanded() {
        Cli.in(home).run("audit", "export", copy.toString());

        assertThat(verify("--at-least-checkpoint", "2").exit()).isZero();
        Cli.Result tooOld = verify("--at-least-checkpoint", "3", "--json");
        assertThat(tooOld.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(tooOld.json().getString("firstFault"))
                .isEqualTo("checkpoints: the newest has number 2, number 3 at least is demanded");
        assertThat(tooOld.json().getString("newestCheckpoint")).isEqualTo("2024-05-18T05:52:25Z");
        assertThat(tooOld.json().getInt("uncovered")).isEqualTo(1);
    }

    @Test
    void aCertificateFromTheExportIsWarnedOf() {
        Cli.in(home).run("audit", "export", copy.toString());

        assertThat(verify().err())
                .startsWith("warning: the audit certificate came with the records")
                .contains("--certificate-sha256");
        String own = copy.resolve("certificate.pem").toString();
        assertThat(verify("--certificate", own).err()).isEmpty();
    }

    @Test
    void aCertificateMayBePinned() throws Exception {
        Cli.in(home).run("audit", "export", copy.toString());
        String withColons = sha256().toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");

        for (String pin : List.of(sha256(), withColons)) {
            Cli.Result pinned = verify("--certificate-sha256", pin, "--json");
            assertThat(pinned.exit()).isZero();
            assertThat(pinned.err()).isEmpty();
            assertThat(pinned.json().getString("certificateSha256")).isEqualTo(sha256());
        }
        Cli.Result other = verify("--certificate-sha256", "0".repeat(64));
        assertThat(other.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(other.out()).contains("DOES NOT HOLD", sha256());
        assertThat(other.err()).startsWith("error: first fault: certificate: its SHA-256 is not the one given");
        assertThat(verify("--certificate-sha256", sha256().substring(2)).exit()).isEqualTo(ExitCode.WRONG_USE);
    }

    @Test
    void aTrailMadeUpUnderAnotherCertificateIsFoundByThePin() throws Exception {
        String right = sha256();
        signer = pki.issue("somebody else");
        makeTrail();
        Cli.in(home).run("audit", "export", copy.toString());

        assertThat(verify().exit()).isZero();
        assertThat(verify("--certificate-sha256", right).exit()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aMissingRecordIsFound() throws Exception {
        Cli.in(home).run("audit", "export", copy.toString());
        List<String> lines = new ArrayList<>(Files.readAllLines(copy.resolve("records.ndjson")));
        lines.remove(2);
        Files.write(copy.resolve("records.ndjson"), lines);

        Cli.Result result = Cli.in(home).run("audit", "verify", copy.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).contains("DOES NOT HOLD");
        assertThat(result.err()).startsWith("error: first fault: ").contains(CHAIN);
    }

    @Test
    void anAlteredRecordIsFound() throws Exception {
        Cli.in(home).run("audit", "export", copy.toString());
        Path file = copy.resolve("records.ndjson");
        Files.writeString(file, Files.readString(file).replaceFirst("sip:alice", "sip:malice"));

        Cli.Result result = Cli.in(home).run("audit", "verify", copy.toString(), "--json");

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.json().getBoolean("holds")).isFalse();
        assertThat(result.json().getString("firstFault")).isNotEmpty();
    }

    @Test
    void checkpointsOfAnotherKeyAreFound() throws Exception {
        Cli.in(home).run("audit", "export", copy.toString());
        Path other = Files.writeString(
                home.resolve("other.pem"),
                TestPki.pem("CERTIFICATE", pki.issue("other").certificate().getEncoded()));

        Cli.Result result = Cli.in(home).run("audit", "verify", copy.toString(), "--certificate", other.toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("checkpoint");
    }

    @Test
    void aDatabasePutBackIsFoundByCheckpointsKeptOutside() throws Exception {
        Path outside = Files.createDirectory(home.resolve("outside"));
        for (AuditCheckpoint checkpoint : checkpoints) {
            String name = String.format("checkpoint-%012d.json", checkpoint.number());
            Files.writeString(outside.resolve(name), checkpoint.toJson());
        }
        Files.writeString(outside.resolve("checkpoint-000000000003.json.new"), "half a li");
        Cli.in(home).run("audit", "export", copy.toString());
        assertThat(Cli.in(home)
                        .run("audit", "verify", copy.toString(), "--checkpoints", outside.toString())
                        .exit())
                .isZero();

        cutAfter(3);

        assertThat(Cli.in(home).run("audit", "verify", copy.toString()).exit()).isZero();
        Cli.Result result = Cli.in(home).run("audit", "verify", copy.toString(), "--checkpoints", outside.toString());
        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aSingleFileNeedsCheckpointsAndCertificate() {
        Cli.in(home).run("audit", "export", copy.toString());
        String file = copy.resolve("records.ndjson").toString();

        assertThat(Cli.in(home).run("audit", "verify", file).exit()).isEqualTo(ExitCode.WRONG_USE);
        assertThat(Cli.in(home)
                        .run(
                                "audit",
                                "verify",
                                file,
                                "--checkpoints=" + copy.resolve("checkpoints.ndjson"),
                                "--certificate=" + copy.resolve("certificate.pem"))
                        .exit())
                .isZero();
    }

    @Test
    void aMissingExportIsToldPlainly() {
        Cli.Result result =
                Cli.in(home).run("audit", "verify", home.resolve("nowhere").toString());

        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).startsWith("error: there is no file ");
    }

    @Test
    void theServerMayVerifyItsOwn() {
        server.answers(
                request -> Reply.json(200, "{\"holds\":true,\"records\":5,\"checkpoints\":2,\"firstFault\":null}"));
        assertThat(Cli.in(home).run("audit", "verify", "--online").exit()).isZero();
        assertThat(Cli.in(home).run("audit", "verify", "--online").err()).isEmpty();
        assertThat(online("--at-least-checkpoint", "2").exit()).isZero();
        assertThat(online("--at-least-checkpoint", "3").exit()).isEqualTo(ExitCode.FAILED);
        assertThat(server.lastRequest().target()).isEqualTo("/admin/v1/audit/verify");

        server.answers(request -> Reply.json(200, "{\"holds\":true,\"records\":5,\"checkpoints\":0}"));
        assertThat(online().exit()).isZero();
        assertThat(online().err()).startsWith("warning: there is no checkpoint yet");

        server.answers(request -> Reply.json(200, "{\"holds\":false,\"firstFault\":\"chain x: gap\"}"));
        Cli.Result result = Cli.in(home).run("audit", "verify", "--online");
        assertThat(result.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("error: the audit trail does not hold");
    }

    private Cli.Result verify(String... options) {
        return Cli.in(home).run(List.of(options), "audit", "verify", copy.toString());
    }

    private Cli.Result online(String... options) {
        return Cli.in(home).run(List.of(options), "audit", "verify", "--online");
    }

    private String sha256() throws Exception {
        byte[] der = signer.certificate().getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    }

    /** Leaves the first records and the first checkpoint, as a database put back to that moment would. */
    private void cutAfter(int number) throws Exception {
        Path file = copy.resolve("records.ndjson");
        Files.write(file, Files.readAllLines(file).subList(0, number));
        Files.writeString(copy.resolve("checkpoints.ndjson"), checkpoints.get(0).toJson() + "\n");
    }

    private Reply serve(StubServer.Request request) {
        return switch (request.target()) {
            case "/admin/v1/audit/export" ->
                lines(records.stream().map(AuditRecord::toJson).toList());
            case "/admin/v1/audit/checkpoints" ->
                lines(checkpoints.stream().map(AuditCheckpoint::toJson).toList());
            case "/admin/v1/audit/certificate" -> Reply.text(200, "application/x-pem-file", certificate());
            default -> Reply.json(404, "{}");
        };
    }

    private static Reply lines(List<String> lines) {
        return Reply.text(200, "application/x-ndjson", String.join("\n", lines) + "\n");
    }

    private String certificate() {
        try {
            return TestPki.pem("CERTIFICATE", signer.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(AuditEvent event) {
        records.add(AuditRecord.after(CHAIN, records.get(records.size() - 1).head(), entry(event)));
    }

    private AuditCheckpoint checkpoint(Optional<AuditCheckpoint> previous) throws Exception {
        CheckpointBody body = CheckpointBody.next(
                previous,
                TestDomain.NOW,
                Map.of(CHAIN, records.get(records.size() - 1).head()));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer.key());
        signature.update(body.message().toByteArray());
        return body.signed(Octets.copyOf(signature.sign()));
    }

    private static AuditEntry entry(AuditEvent event) {
        Instant time = TestDomain.NOW;
        return new AuditEntry(time, "node-1", event, "OK", "kms", TestDomain.ALICE, new TreeMap<>());
    }
}
