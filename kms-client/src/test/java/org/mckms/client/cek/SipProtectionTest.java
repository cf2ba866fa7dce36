package org.mckms.client.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.cek.TestCek.ALICE;
import static org.mckms.client.cek.TestCek.BOB;
import static org.mckms.client.cek.TestCek.SERVER;
import static org.mckms.client.cek.TestCek.keyId;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.ClientBench;
import org.mckms.client.TestPki;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.CekEnvelope;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.smime.SmimeBody;

/** A client and a server that protect their messages, through the life of a key. */
class SipProtectionTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SipBody HELLO = new SipBody("text/plain", Octets.ofAscii("hello"));
    private static final SipBody PARTS = new SipBody(
            "multipart/mixed;boundary=\"b1\"",
            Octets.ofAscii("--b1\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--b1\r\n"
                    + "Content-Type: application/vnd.3gpp.mcptt-info+xml\r\n\r\n<mcpttinfo/>\r\n--b1--\r\n"));
    private static final String SESSION = "s-1";
    private static final CekScope TO_SERVER = CekScope.of(SERVER, SESSION);
    private static final CekScope TO_ALICE = CekScope.of(ALICE, SESSION);

    private static TestPki pki;

    @TempDir
    private Path folder;

    private ClientBench bench;
    private CekKeys clientKeys;
    private CekKeys serverKeys;
    private SipProtection client;
    private McServerKeys server;
    private final TestPush push = new TestPush();

    @BeforeAll
    static void makeAuthority() {
        pki = new TestPki();
    }

    @BeforeEach
    void start() {
        bench = new ClientBench(pki, folder, SERVER);
        clientKeys = CekKeys.create(folder.resolve("c.ceks"), TestKeys.storeKey(7), CekOwner.client(ALICE), RANDOM);
        serverKeys = CekKeys.create(folder.resolve("s.ceks"), TestKeys.storeKey(7), CekOwner.server(SERVER), RANDOM);
        client = new SipProtection(clientKeys, bench.clock, RANDOM);
        server = new McServerKeys(bench.client(), serverKeys, TestPush.ADDRESS, RANDOM);
    }

    @AfterEach
    void stop() {
        clientKeys.close();
        serverKeys.close();
        bench.close();
    }

    @Test
    void protectsMessagesInBothDirections() {
        bothHave(key(1));
        for (SipBody body : List.of(HELLO, PARTS)) {
            SipBody up = client.seal(body, TO_SERVER);
            assertThat(up.contentType()).isEqualTo(SmimeBody.CONTENT_TYPE);
            assertThat(up.octets().toHex()).doesNotContain(body.octets().toHex());
            assertThat(server.open(up, TO_ALICE)).isEqualTo(body);
            assertThat(client.open(server.seal(body, TO_ALICE), TO_SERVER)).isEqualTo(body);
        }
    }

    @Test
    void opensWithBothKeysWhileARenewalIsUnderWay() {
        bothHave(key(1));
        SipBody before = client.seal(HELLO, TO_SERVER);
        serverHas(key(2).status(CekStatus.PENDING));
        SipBody meanwhile = client.seal(HELLO, TO_SERVER);
        clientHas(key(2), key(1).revision(2).status(CekStatus.RETIRING));
        SipBody after = client.seal(HELLO, TO_SERVER);
        serverHas(key(1).revision(2).status(CekStatus.RETIRING));

        assertThat(keyIdOf(meanwhile)).isEqualTo(keyId(1));
        assertThat(keyIdOf(after)).isEqualTo(keyId(2));
        for (SipBody sealed : List.of(before, meanwhile, after)) {
            assertThat(server.open(sealed, TO_ALICE)).isEqualTo(HELLO);
        }
        assertThat(keyIdOf(server.seal(HELLO, TO_ALICE))).isEqualTo(keyId(2));
    }

    @Test
    void answersWithTheKeyOfTheMessageWhereTheServerIsTold() {
        bothHave(key(1));
        serverHas(key(2).validFrom(TestCek.NOW.plusSeconds(1)));
        SipBody asked = client.seal(HELLO, TO_SERVER);

        SipBody answer = server.seal(PARTS, keyIdOf(asked), TO_ALICE);

        assertThat(keyIdOf(answer)).isEqualTo(keyId(1));
        assertThat(client.open(answer, TO_SERVER)).isEqualTo(PARTS);
        assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> server.seal(PARTS, keyId(1), CekScope.of(BOB, SESSION)));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> server.seal(PARTS, keyId(9), TO_ALICE));
    }

    @Test
    void opensNothingAfterTheEnd() {
        bothHave(key(1));
        SipBody sealed = client.seal(HELLO, TO_SERVER);
        serverHas(key(1).revision(2).status(CekStatus.REVOKED));
        clientHas(key(1).revision(2).status(CekStatus.REVOKED));

        assertRefused(KmsErrorCode.NOT_FOUND, () -> server.open(sealed, TO_ALICE));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> client.seal(HELLO, TO_SERVER));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> server.seal(HELLO, TO_ALICE));
    }

    @Test
    void opensNothingAfterTheLifeOfTheKey() {
        bothHave(key(1).validTo(TestCek.NOW.plusSeconds(10)));
        SipBody sealed = client.seal(HELLO, TO_SERVER);
        bench.clock.set(TestCek.NOW.plusSeconds(11));

        assertRefused(KmsErrorCode.NOT_FOUND, () -> server.open(sealed, TO_ALICE));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> client.seal(HELLO, TO_SERVER));
        serverKeys.forgetOver(bench.clock.instant(), bench.client().policy());
        assertThat(serverKeys.keys()).isEmpty();
    }

    @Test
    void refusesAMessageOfAnotherUserOrSession() {
        bothHave(key(1));
        SipBody sealed = client.seal(HELLO, TO_SERVER);

        assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> server.open(sealed, CekScope.of(BOB, SESSION)));
        assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> server.open(sealed, CekScope.of(ALICE, "s-2")));
        assertRefused(KmsErrorCode.FORBIDDEN_IDENTITY, () -> server.open(sealed, CekScope.of(ALICE)));
        assertRefused(KmsErrorCode.NOT_FOUND, () -> client.seal(HELLO, CekScope.of("sip:other@example.org", SESSION)));
    }

    @Test
    void refusesWhatWasCutOrChanged() {
        bothHave(key(1));
        byte[] good = client.seal(HELLO, TO_SERVER).octets().toByteArray();
        for (int i = 0; i < good.length; i += 5) {
            byte[] bad = good.clone();
            bad[i] ^= 0x01;
            assertThatThrownBy(() -> server.open(body(bad), TO_ALICE)).isInstanceOf(KmsException.class);
            byte[] cut = Arrays.copyOf(good, i);
            assertThatThrownBy(() -> server.open(body(cut), TO_ALICE)).isInstanceOf(KmsException.class);
        }
        assertRefused(KmsErrorCode.UNSUPPORTED_MEDIA_TYPE, () -> server.open(HELLO, TO_ALICE));
        assertThat(server.open(body(good), TO_ALICE)).isEqualTo(HELLO);
    }

    @Test
    void countsMessagesThatOpenAndNoOthers() {
        bothHave(key(1).messages(2));
        byte[] garbled = client.seal(HELLO, TO_SERVER).octets().toByteArray();
        SipBody good = body(garbled.clone());
        garbled[garbled.length - 1] ^= 0x01;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> server.open(body(garbled), TO_ALICE)).isInstanceOf(KmsException.class);
        }
        server.open(good, TO_ALICE);
        assertThat(serverKeys.due(TestCek.NOW)).isEmpty();
        server.open(good, TO_ALICE);

        assertThat(serverKeys.due(TestCek.NOW)).hasSize(1);
    }

    @Test
    void isNotBuiltOnTheKeysOfAServer() {
        assertThatThrownBy(() -> new SipProtection(serverKeys, bench.clock, RANDOM))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsTheExampleOfTheReadmeForAClient() throws Exception {
        assertThat(shown("```java\n(try \\(CekKeys keys[^`]*?SipProtection.*?)```"))
                .isEqualTo(compiled("client"));
        try (ClientBench alice = new ClientBench(pki, Files.createDirectory(folder.resolve("alice")))) {
            alice.kms.servesCeks((path, asked) -> TestCek.list(key(1).withoutUser()));
            clientKeys.close();
            CekReadmeExample example =
                    new CekReadmeExample(folder.resolve("c.ceks"), TestKeys.storeKey(7), bench.clock);

            assertThat(example.client(alice.client(), SERVER, SESSION, PARTS)).isEqualTo(PARTS);
        }
    }

    @Test
    void runsTheExampleOfTheReadmeForAServer() throws Exception {
        assertThat(shown("```java\n(try \\(CekKeys keys[^`]*?McServerKeys.*?)```"))
                .isEqualTo(compiled("server"));
        serverKeys.close();
        CekReadmeExample example = new CekReadmeExample(folder.resolve("s.ceks"), TestKeys.storeKey(7), bench.clock);

        byte[] answer = example.server(bench.client(), TestPush.ADDRESS, push.of(key(1)), TO_ALICE, PARTS);

        assertThat(KmsRequestCodec.read(answer, RequestLeniency.STANDARD)
                        .request()
                        .extension())
                .contains(new CekAcknowledgement(List.of(new CekAcknowledgement.Item(keyId(1), 1, Optional.empty()))));
    }

    private static List<String> shown(String pattern) throws IOException {
        return words(between(Files.readString(Path.of("README.md")), pattern));
    }

    private static List<String> compiled(String which) throws IOException {
        Path source = Path.of("src/test/java/org/mckms/client/cek/CekReadmeExample.java");
        return words(between(Files.readString(source), "// begin " + which + "\n(.*?)// end"));
    }

    private static String between(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }

    private static List<String> words(String code) {
        return List.of(code.trim().split("\\s+"));
    }

    private static TestCek key(int number) {
        return TestCek.of(number).session(SESSION);
    }

    private void bothHave(TestCek cek) {
        serverHas(cek.status(CekStatus.PENDING));
        clientHas(cek);
    }

    private void serverHas(TestCek cek) {
        server.receive(push.made(bench.clock.instant()).of(cek));
    }

    private void clientHas(TestCek... ceks) {
        clientKeys.receiver(bench.clock, bench.client().policy()).take(TestCek.list(ceks), ALICE);
    }

    private static SipBody body(byte[] octets) {
        return new SipBody(SmimeBody.CONTENT_TYPE, Octets.copyOf(octets));
    }

    private static Octets keyIdOf(SipBody sealed) {
        return CekEnvelope.keyIdOf(sealed.octets().toByteArray());
    }

    private static void assertRefused(KmsErrorCode code, ThrowingCallable call) {
        KmsException refused = catchThrowableOfType(KmsException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo(code);
    }
}
