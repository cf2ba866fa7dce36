package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.it.support.RegisteredDevice.PASSPHRASE;
import static org.mckms.it.support.RegisteredDevice.requestFile;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Await;
import org.mckms.it.support.IssuedKeySet;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.RegisteredDevice;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningKms;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** First keys of devices: given once, used signed and wrapped, in time, and by two officers for servers. */
@ExtendWith(RunningKms.class)
class RegistrationIT {
    private static final String GMS = "sip:gms@example.org";

    private final Kms kms;

    RegistrationIT(Kms kms) {
        this.kms = kms;
    }

    @Test
    void registeredDeviceGetsSignedAnswersWithWrappedKeys() {
        String user = "sip:registered@example.org";
        try (RegisteredDevice device = RegisteredDevice.register(kms, user)) {
            Reply reply = device.post("/keyprov");

            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
            assertThat(reply.text()).contains("EncryptedKey").contains(device.names()[0]);
            try (ReceivedResponse answer = device.read(reply.body())) {
                assertThat(answer.keysWereWrapped()).isTrue();
                assertThat(answer.signature()).isPresent();
                IssuedKeySet.onlyOf(answer.response()).assertHoldsUnder(kms.rootCertificate());
            }
            assertThat(keysOf(user).getString("state")).isEqualTo("ACTIVE");
        }
    }

    @Test
    void registeredIdentityHasToSign() {
        String user = "sip:has-to-sign@example.org";
        RegisteredDevice.register(kms, user).close();

        Observed refused =
                kms.observe(() -> kms.csc().post("/keyprov", kms.idm().user(user)));

        refused.assertRefused(403, 4031);
    }

    @Test
    void fileIsGivenOnceAndTheNextOneVoidsIt() {
        String user = "sip:asked-twice@example.org";
        try (RegisteredDevice first = RegisteredDevice.register(kms, user);
                RegisteredDevice second = RegisteredDevice.register(kms, user)) {
            assertThat(first.names()).doesNotContain(second.names());
            assertThat(first.post("/keyprov").errorCode()).isEqualTo(4031);
            assertThat(second.post("/keyprov").status()).isEqualTo(200);
        }
    }

    @Test
    void keysThatWereNotUsedInTimeAreVoid() {
        String user = "sip:too-late@example.org";
        Reply file = requestFile(kms, user, Map.of("validFor", "PT1S"));
        Instant end = Instant.parse(keysOf(user).getString("usableUntil"));
        try (RegisteredDevice device = RegisteredDevice.open(kms, file.body(), end)) {
            Await.that("the registration has ended", Duration.ofSeconds(10), () -> Instant.now()
                    .isAfter(end.plusSeconds(1)));

            assertThat(device.post("/keyprov").errorCode()).isEqualTo(4037);
        }
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> RegisteredDevice.open(kms, file.body()))
                .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.REGISTRATION_EXPIRED));
    }

    @Test
    void fileOpensUnderItsPassphraseOnly() {
        Reply file = requestFile(kms, "sip:sealed@example.org", Map.of());

        try (Opener wrong = Opener.passphrase((PASSPHRASE + "x").toCharArray())) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> RegistrationFiles.open(file.body(), wrong, Optional.empty(), Instant.now()))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.WRONG_RECIPIENT));
        }
        assertThat(file.text()).startsWith("-----BEGIN MCKMS REGISTRATION-----");
        assertThat(file.header("Cache-Control")).contains("no-store");
    }

    @Test
    void serversKeysNeedAnotherOfficerWhoGetsTheFile() {
        Map<String, String> request = Map.of("owner", GMS, "device", "node-1", "reason", "new GMS");
        Map<String, String> approval = new TreeMap<>(request);
        approval.putAll(Map.of("passphrase", PASSPHRASE, "validFor", "P1D"));
        assertRefused(kms.officer().post("/client-keys", approval), 409, 4092);
        assertRefused(kms.admin("officer2").post("/client-keys/approve", approval), 404, 404);

        Reply asked = kms.officer().post("/client-keys/request", request);
        assertThat(asked.status()).isEqualTo(202);
        assertThat(AdminFace.json(asked).getString("outcome")).isEqualTo("REQUESTED");
        assertRefused(kms.officer().post("/client-keys/approve", approval), 409, 4092);

        Observed approved = kms.observe(() -> kms.admin("officer2").post("/client-keys/approve", approval));
        assertThat(approved.reply().status()).as(approved.reply().toString()).isEqualTo(200);
        JsonObject record = approved.of("CLIENT_KEYS_REGISTERED").get(0);
        assertThat(record.getString("actor")).isEqualTo("operator:officer2");
        assertThat(record.getJsonObject("details").getString("requestedBy")).isEqualTo("officer");
        assertRefused(kms.admin("officer2").post("/client-keys/approve", approval), 404, 404);
        AdminFace.object(kms.officer()
                .post("/client-keys/revoke", Map.of("owner", GMS, "device", "node-1", "reason", "test over")));
    }

    @Test
    void importedKeysServeAndAreWrittenNowhere() {
        String user = "sip:imported@example.org";
        String trk = "00112233445566778899AABBCCDDEEFF0123456789ABCDEF0123456789ABCDE1";
        String ink = "F0E1D2C3B4A5968778695A4B3C2D1E0F00112233445566778899AABBCCDDEE02";

        Observed done = kms.observe(() -> kms.officer()
                .post(
                        "/client-keys/import",
                        Map.of(
                                "owner", user,
                                "validFor", "P1D",
                                "reason", "made by the site",
                                "transportKeyName", "site-tk-1",
                                "transportKey", trk,
                                "integrityKeyName", "site-ink-1",
                                "integrityKey", ink)));

        assertThat(done.reply().status()).as(done.reply().toString()).isEqualTo(200);
        assertThat(done.of("CLIENT_KEYS_REGISTERED")).hasSize(1);
        assertThat(done.records().toString() + done.console() + done.reply().text())
                .doesNotContainIgnoringCase(trk)
                .doesNotContainIgnoringCase(ink);
        try (RegisteredDevice device = RegisteredDevice.of(
                kms, user, new ClientKeys(key("site-tk-1", trk), Optional.of(key("site-ink-1", ink))))) {
            assertThat(device.post("/keyprov").status()).isEqualTo(200);
        }
    }

    private static NamedKey key(String name, String hex) {
        return NamedKey.takeFrom(name, HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "transportKey, 00, 400, 400",
        "transportKey, not-hex, 400, 400",
        "transportKeyName, ' ', 400, 400",
        "validFor, P91D, 400, 400",
        "validFor, soon, 400, 400"
    })
    void importRefusesWhatIsNoKey(String member, String value, int status, int code) {
        Map<String, String> body = new TreeMap<>(Map.of(
                "owner", "sip:nobody@example.org",
                "validFor", "P1D",
                "reason", "test",
                "transportKeyName", "tk",
                "transportKey", "11".repeat(32)));
        body.put(member, value);

        assertRefused(kms.officer().post("/client-keys/import", body), status, code);
    }

    @Test
    void revokedDeviceGetsNothingUntilItIsRegisteredAgain() {
        String user = "sip:revoked@example.org";
        try (RegisteredDevice device = RegisteredDevice.register(kms, user)) {
            assertThat(device.post("/keyprov").status()).isEqualTo(200);
            AdminFace.object(
                    kms.admin("operator").post("/client-keys/revoke", Map.of("owner", user, "reason", "stolen")));

            assertThat(device.post("/keyprov").errorCode()).isEqualTo(4031);
            assertThat(kms.csc().post("/keyprov", kms.idm().user(user)).errorCode())
                    .isEqualTo(4031);
        }
        try (RegisteredDevice again = RegisteredDevice.register(kms, user)) {
            assertThat(again.post("/keyprov").status()).isEqualTo(200);
        }
    }

    @Test
    void orderedRotationBringsNewKeysWithTheNextAnswer() {
        String user = "sip:rotated@example.org";
        try (RegisteredDevice device = RegisteredDevice.register(kms, user)) {
            assertThat(device.post("/keyprov").text()).doesNotContain("NewTransportKey");
            JsonObject ordered = AdminFace.object(
                    kms.admin("operator").post("/client-keys/rotate", Map.of("owner", user, "reason", "yearly")));
            assertThat(ordered.getBoolean("rotationOrdered")).isTrue();

            assertThat(device.post("/keyprov").text())
                    .contains("NewTransportKey")
                    .contains("NewIntegrityKey");
            assertThat(keysOf(user).getJsonArray("pendingNames")).hasSize(2);
        }
    }

    @Test
    void listGoesOnAfterTheLastOfAPage() {
        List.of("sip:page-1@example.org", "sip:page-2@example.org", "sip:page-3@example.org")
                .forEach(user -> RegisteredDevice.register(kms, user).close());
        int found = 0;
        String after = "";
        boolean more = true;
        while (more) {
            JsonObject page = AdminFace.object(kms.admin("auditor").get("/client-keys?limit=2" + after));
            found += page.getJsonArray("clientKeys").size();
            more = !page.isNull("next");
            if (more) {
                JsonObject next = page.getJsonObject("next");
                after = "&afterOwner=" + encoded(next.getString("afterOwner")) + "&afterDevice="
                        + encoded(next.getString("afterDevice"));
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "auditor"})
    void onlyOfficersRegister(String who) {
        Map<String, String> order =
                Map.of("owner", "sip:x@example.org", "passphrase", PASSPHRASE, "validFor", "P1D", "reason", "test");
        assertRefused(kms.admin(who).post("/client-keys", order), 403, 4035);
    }

    @Test
    void weakPassphraseSealsNothing() {
        assertRefused(requestFile(kms, "sip:weak@example.org", Map.of("passphrase", "short")), 400, 4007);
        assertRefused(requestFile(kms, "sip:weak@example.org", Map.of("recipientCertificate", "x")), 400, 400);
        assertThat(kms.officer()
                        .get("/client-keys?owner=" + encoded("sip:weak@example.org"))
                        .text())
                .contains("[]");
    }

    private JsonObject keysOf(String user) {
        return AdminFace.array(kms.officer().get("/client-keys?owner=" + encoded(user)), "clientKeys")
                .getJsonObject(0);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void assertRefused(Reply reply, int status, int code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(AdminFace.error(reply).getInt("code")).isEqualTo(code);
    }
}
