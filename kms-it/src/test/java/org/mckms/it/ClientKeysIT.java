package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.AdminFace;
import org.mckms.it.support.Csc;
import org.mckms.it.support.Device;
import org.mckms.it.support.Kms;
import org.mckms.it.support.KmsHome;
import org.mckms.it.support.KmsServer;
import org.mckms.it.support.PostgresCluster;
import org.mckms.it.support.Reply;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiKeyCheck;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.sakke.SakkeKeyCheck;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;
import org.mckms.protocol.xml.KmsSchema;

/** Devices with keys of their own against the real server, over a database that an attacker can write to. */
class ClientKeysIT {
    private static PostgresCluster postgres;
    private static KmsServer.Variant variant;
    private static Kms kms;
    private static int users;

    @BeforeAll
    static void start() {
        KmsHome home = KmsHome.make("client-keys");
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        postgres = PostgresCluster.start(home.dir().resolve("log"));
        variant = KmsServer.Variant.AS_BUILT.withEnvironment(postgres.environment());
        kms = Kms.start(home, Map.of("origin", "derived"), variant);
    }

    @AfterAll
    static void stop() {
        kms.close();
        postgres.close();
    }

    private static Device device() {
        return Device.registered(kms, "sip:user" + users++ + "@example.org", "phone");
    }

    private static Device used() {
        Device device = device();
        assertThat(device.askForKeys().status()).isEqualTo(200);
        return device;
    }

    private static void assertRefused(Reply reply, int status, int code) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.errorCode()).as(reply.toString()).isEqualTo(code);
        assertThat(reply.all("KmsKeySet")).isEmpty();
    }

    private static boolean isSigned(Reply reply) {
        return reply.text().contains("SignedKmsResponse");
    }

    private static NamedKey wrongKey(String name) {
        return NamedKey.takeFrom(name, "an other key of 32 octets, wrong".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aSignedRequestGetsASignedAnswerWithWrappedKeysThatHold() {
        Device device = device();
        Reply init = device.post("/init", device.request("/init"));
        KmsCertificate root = ((KmsInit) device.read(init).response().answer()).certificate();

        Reply reply = device.askForKeys();

        KmsSchema.validate(reply.body());
        ReceivedResponse received = device.read(reply);
        assertThat(received.keysWereWrapped()).isTrue();
        assertThat(received.signature().orElseThrow().keyName())
                .isEqualTo(device.keys().signingKey().name());
        KmsKeySet keys = ((KmsKeyProv) received.response().answer()).keySets().get(0);
        Octets identity = IdentityEncoding.RAW.identityOctets(keys.userId());
        assertThat(EccsiKeyCheck.isValid(identity, keys.ssk(), keys.pvt(), root.pubAuthKey()))
                .isTrue();
        assertThat(SakkeKeyCheck.isValid(identity, keys.rsk(), root.pubEncKey()))
                .isTrue();
    }

    @Test
    void anUnsignedRequestOfAKnownDeviceIsRefused() {
        Device device = used();

        assertRefused(device.postNothing(device.keyprov()), 403, 4031);
        assertRefused(device.postNothing("/init"), 403, 4031);
        assertRefused(device.postNothing("/certcache"), 403, 4031);
    }

    @Test
    void aStrippedSignatureIsRefused() {
        Device device = used();
        String plain = Csc.requestBody(
                device.owner(),
                kms.kmsUri(),
                Instant.now().toString(),
                kms.csc().url(device.keyprov()));

        assertRefused(device.post(device.keyprov(), plain), 403, 4031);
        String wrapped = "<SignedKmsRequest xmlns=\"" + Reply.NAMESPACE + "\">"
                + plain.substring(plain.indexOf("?>") + 2) + "</SignedKmsRequest>";
        assertThat(device.post(device.keyprov(), wrapped).status()).isIn(400, 403);
    }

    @Test
    void theSameOctetsAreNotServedTwice() {
        Device device = device();
        String request = device.request(device.keyprov());
        assertThat(device.post(device.keyprov(), request).status()).isEqualTo(200);

        Reply replayed = device.post(device.keyprov(), request);

        assertRefused(replayed, 400, 4005);
        assertThat(isSigned(replayed)).isTrue();
        assertThat(device.read(replayed).response().error().orElseThrow().code())
                .isEqualTo(4005);
    }

    @Test
    void aRequestForAnotherResourceIsRefusedThoughItIsSigned() {
        Device device = used();

        assertRefused(device.post(device.keyprov(), device.request("/init")), 400, 4004);
    }

    @Test
    void aWrongKeyIsRefusedInAnUnsignedAnswer() {
        Device device = used();
        NamedKey wrong = wrongKey(device.keys().signingKey().name());

        Reply reply =
                device.post(device.keyprov(), device.request(device.keyprov(), device.owner(), Instant.now(), wrong));

        assertRefused(reply, 403, 4031);
        assertThat(isSigned(reply)).isFalse();
    }

    @Test
    void aTruncatedMacIsRefused() {
        Device device = used();
        String request = device.request(device.keyprov());

        String cut = request.replaceFirst(
                "<SignatureValue>([^<]{20})[^<]*</SignatureValue>", "<SignatureValue>$1AAAA</SignatureValue>");

        assertThat(cut).isNotEqualTo(request);
        assertRefused(device.post(device.keyprov(), cut), 403, 4031);
    }

    @Test
    void namesOfNobodyOfAnotherUserAndOfAnotherDeviceAreRefused() {
        Device device = used();
        Device stranger = used();
        Device tablet = Device.registered(kms, device.owner(), "tablet");
        NamedKey tabletsName = NamedKey.takeFrom(
                tablet.keys().signingKey().name(),
                device.keys().signingKey().key().use(byte[]::clone));

        for (NamedKey key :
                new NamedKey[] {wrongKey("ink.of.nobody"), stranger.keys().signingKey(), tabletsName}) {
            String request = device.request(device.keyprov(), device.owner(), Instant.now(), key);
            assertRefused(device.post(device.keyprov(), request), 403, 4031);
        }
        assertThat(tablet.askForKeys().status()).isEqualTo(200);
    }

    @Test
    void aStaleAndAFutureRequestAreRefusedInSignedAnswers() {
        Device device = used();
        for (Instant time :
                new Instant[] {Instant.now().minusSeconds(90), Instant.now().plusSeconds(90)}) {
            Reply reply = device.post(
                    device.keyprov(),
                    device.request(
                            device.keyprov(),
                            device.owner(),
                            time,
                            device.keys().signingKey()));
            assertRefused(reply, 400, 4001);
            assertThat(isSigned(reply)).isTrue();
        }
    }

    @Test
    void aBodyForAnotherUserIsRefused() {
        Device device = used();

        assertRefused(
                device.post(
                        device.keyprov(),
                        device.request(
                                device.keyprov(),
                                "sip:victim@example.org",
                                Instant.now(),
                                device.keys().signingKey())),
                403,
                403);
    }

    @Test
    void newKeysSurviveAnyNumberOfLostAnswers() {
        Device device = used();
        order(device);
        ClientKeys first = device.newKeys(device.askForKeys()).orElseThrow();
        ClientKeys again = device.newKeys(device.askForKeys()).orElseThrow();
        assertThat(again.signingKey().name()).isEqualTo(first.signingKey().name());
        assertThat(again.transportKey()
                        .key()
                        .constantTimeEquals(first.transportKey().key()))
                .isTrue();
        ClientKeys old = device.keys();

        device.use(first);
        device.askForKeys(); // and the answer is lost
        Reply reply = device.askForKeys();

        assertThat(device.read(reply).signature().orElseThrow().keyName())
                .isEqualTo(first.signingKey().name());
        assertThat(device.newKeys(reply)).isEmpty();
        assertRefused(
                device.post(
                        device.keyprov(),
                        device.request(device.keyprov(), device.owner(), Instant.now(), old.signingKey())),
                403,
                4031);
    }

    private static void order(Device device) {
        AdminFace.object(kms.admin("operator")
                .post("/client-keys/rotate", Map.of("owner", device.owner(), "device", "phone", "reason", "test")));
    }

    @Test
    void aDeviceThatLostItsKeysIsRegisteredAgain() {
        Device lost = used();

        Device again = Device.registered(kms, lost.owner(), "phone");

        assertThat(again.askForKeys().status()).isEqualTo(200);
        assertThat(lost.askForKeys().status()).isEqualTo(403);
    }

    @Test
    void aRowMovedToAnotherOwnerOpensForNobody() {
        Device device = used();
        String thief = "sip:thief" + users++ + "@example.org";
        postgres.sql(
                "UPDATE kms_client_keys SET owner_uri = '" + thief + "' WHERE owner_uri = '" + device.owner() + "'");
        String resource = "/keyprov/" + Csc.encoded(thief);

        Reply reply = kms.csc()
                .post(
                        resource,
                        kms.idm().user(thief),
                        device.request(
                                resource, thief, Instant.now(), device.keys().signingKey()));

        assertRefused(reply, 500, 500);
        assertThat(device.askForKeys().status()).as("its own row is missing").isEqualTo(500);
    }

    @Test
    void aRowPutBackToAnOlderRevisionIsRefusedAndStaysSoAfterARestart() {
        Device device = used();
        String row = "kms_client_keys WHERE owner_uri = '" + device.owner() + "'";
        postgres.sql("CREATE TABLE kept AS SELECT * FROM " + row);
        AdminFace.object(kms.admin("operator")
                .post("/client-keys/revoke", Map.of("owner", device.owner(), "device", "phone", "reason", "stolen")));
        assertRefused(device.askForKeys(), 403, 4031);
        postgres.sql("DELETE FROM " + row);
        postgres.sql("INSERT INTO kms_client_keys SELECT * FROM kept");

        assertRefused(device.askForKeys(), 500, 500);
        kms.close();
        kms = Kms.restart(kms.home(), variant);

        assertRefused(device.askForKeys(), 500, 500);
        postgres.sql("DROP TABLE kept");
    }

    @Test
    void aTokenOfThisReleaseLacksNoKey() {
        assertThat(AdminFace.array(kms.officer().post("/ceremony/keys", Map.of()), "made"))
                .isEmpty();
    }

    @Test
    void noKeyIsInTheDatabase() {
        Device device = used();

        String rows = postgres.sql("SELECT * FROM kms_client_keys WHERE owner_uri = '" + device.owner() + "'");

        for (NamedKey key : new NamedKey[] {
            device.keys().transportKey(), device.keys().integrityKey().orElseThrow()
        }) {
            String hex = key.key().use(octets -> Octets.copyOf(octets).toHex());
            assertThat(rows).doesNotContainIgnoringCase(hex);
        }
    }
}
