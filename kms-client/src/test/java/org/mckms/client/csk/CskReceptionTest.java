package org.mckms.client.csk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.client.csk.CskWorld.BINDING;
import static org.mckms.client.csk.CskWorld.IMPU;
import static org.mckms.client.csk.CskWorld.MDSI;
import static org.mckms.client.csk.CskWorld.USER;
import static org.mckms.client.csk.CskWorld.body;
import static org.mckms.client.csk.CskWorld.csk;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.BOB;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.PARTNER;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.KmsClientException;
import org.mckms.client.PartnerRefusedException;
import org.mckms.client.TestPki;
import org.mckms.client.group.RecentMessages;
import org.mckms.client.group.Sender;
import org.mckms.client.group.TestGroupKey;
import org.mckms.client.group.TestSender;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.protocol.codec.KmsRedirectResponseCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.message.KmsRedirectResponse;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.xpk.BodySignatures;
import org.mckms.protocol.xpk.ProtectionPlan;
import org.mckms.protocol.xpk.VerifiedBody;
import org.mckms.protocol.xpk.XmlProtection;
import org.mckms.protocol.xpk.XpkKeys;

/** A CSK on its way from a client to its server, and what may happen to it. */
class CskReceptionTest {
    private static final TestPki PKI = new TestPki();
    private static final TestSender USER_ITSELF = new TestSender(ALICE, HOME);

    @TempDir
    private Path folder;

    private CskWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new CskWorld(PKI, folder);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private CskAnswer received(TestSender from, TestGroupKey key, String to) {
        return world.register(body(from, key, to, false, world.clock()));
    }

    private ReceptionFault fault(CskAnswer answer) {
        assertThat(answer.isTaken()).isFalse();
        assertThat(world.serverKeys.keys()).isEmpty();
        return answer.fault().orElseThrow();
    }

    private CskSession server() {
        return world.serverKeys.session(BINDING, world.clock().instant());
    }

    private CskSession client() {
        return world.clientKeys.session(BINDING, world.clock().instant());
    }

    /** TS 33.180 clause 9.3 from end to end: encrypted and signed by the client, verified and opened by the server. */
    @Test
    void bothSidesProtectXmlWithTheKeyOfARegistration() {
        CskAnswer answer = world.register();
        assertThat(answer.fault()).isEmpty();
        String info = "<a xmlns=\"urn:a\"><to>sip:bob@example.org</to></a>";
        MultipartBody message;
        try (CskSession client = client()) {
            XpkKeys keys = client.current().orElseThrow();
            assertThat(answer.cskId()).contains(keys.xpkId());
            byte[] encrypted = XmlProtection.protect(
                    info.getBytes(UTF_8),
                    ProtectionPlan.ofContents(new ProtectionPlan.Name("urn:a", "to")),
                    keys,
                    new SecureRandom());
            BodyPart part = BodyPart.of("application/xml", "1@client", Octets.copyOf(encrypted));
            message = MultipartBody.of(MultipartBody.MIXED, List.of(part, BodySignatures.sign(List.of(part), keys)));
        }

        try (CskSession server = server()) {
            VerifiedBody verified =
                    BodySignatures.verify(message, server::byId, Set.of()).get(0);
            assertThat(new String(verified.octets().toByteArray(), UTF_8)).doesNotContain("bob");
            assertThat(new String(XmlProtection.open(verified.octets().toByteArray(), server::byId, Set.of()), UTF_8))
                    .isEqualTo(info);
        }
    }

    @Test
    void theMessageHasTheFormOfTheTestSpecification() {
        try (CskUpload.Upload upload = world.upload().begin(IMPU)) {
            MikeyMessage message =
                    MikeyMessage.parse(upload.bodyPart().content().toByteArray(), MikeyLeniency.STRICT);

            assertThat(upload.bodyPart().contentType()).isEqualTo("application/mikey");
            assertThat(message.octets().slice(0, 4).toHex())
                    .as("version 1, type 26, T next, PRF 1")
                    .isEqualTo("011A0501");
            assertThat(message.csbId()).isEqualTo(upload.cskId());
            assertThat(message.csbId().purposeTag()).isEqualTo(2);
            assertThat(message.cryptoSessions()).isEmpty();
            assertThat(message.initiator().uri()).contains(ALICE);
            assertThat(message.responder().uri()).contains(MDSI);
            assertThat(message.rand().size()).isEqualTo(16);
        }
    }

    @Test
    void aMessageWithACryptoSessionAndParametersIsTakenToo() {
        CskAnswer answer = received(USER_ITSELF, csk(1), MDSI);

        assertThat(answer.fault()).isEmpty();
        assertThat(answer.cskId()).contains(csk(1).id());
    }

    @Test
    void aCskThatIsNotAcceptedIsNotUsed() {
        try (CskUpload.Upload upload = world.upload().begin(IMPU)) {
            assertThat(upload.cskId().purposeTag()).isEqualTo(2);
        }
        try (CskSession client = client()) {
            assertThat(client.current()).isEmpty();
        }
    }

    @Test
    void aNewRegistrationReplacesTheKeyWhichOpensWhatIsOnItsWay() {
        KeyIdentifier first = world.register().cskId().orElseThrow();
        world.clock().advance(Duration.ofSeconds(1));
        KeyIdentifier second = world.register().cskId().orElseThrow();

        try (CskSession server = server();
                CskSession client = client()) {
            assertThat(server.current().orElseThrow().xpkId()).isEqualTo(second);
            assertThat(client.current().orElseThrow().xpkId()).isEqualTo(second);
            assertThat(server.byId(first)).isPresent();
        }
        world.clock().advance(CskEdit.OVERLAP);
        try (CskSession server = server()) {
            assertThat(server.byId(first)).isEmpty();
            assertThat(server.byId(second)).isPresent();
        }
        world.serverKeys.forgetExpired(world.clock().instant());
        assertThat(world.serverKeys.keys()).extracting(ServerKeyDetails::keyId).containsExactly(second);
    }

    @Test
    void theEndOfARegistrationEndsItsKey() {
        world.register();
        world.reception().end(IMPU, ALICE);

        assertThat(world.serverKeys.keys()).isEmpty();
    }

    /** SIP sends a REGISTER again with the answer to a challenge, and over UDP. */
    @Test
    void theSameRequestAgainChangesNothing() {
        SipBody body = body(USER_ITSELF, csk(1), MDSI, false, world.clock());

        assertThat(world.register(body).isTaken()).isTrue();
        assertThat(world.register(body).cskId()).contains(csk(1).id());
        assertThat(world.serverKeys.keys()).hasSize(1);
    }

    @Test
    void aMessageIsNotTakenForAnotherSipIdentity() {
        SipBody body = body(USER_ITSELF, csk(1), MDSI, false, world.clock());
        world.register(body);

        assertThat(world.reception()
                        .receive(body, "sip:eve@ims.example.org", USER)
                        .fault())
                .contains(ReceptionFault.REPLAYED);
        assertThat(world.serverKeys.keys()).hasSize(1);
    }

    @Test
    void aMessageDoesNotBringAnEndedKeyBack() {
        SipBody body = body(USER_ITSELF, csk(1), MDSI, false, world.clock());
        world.register(body);
        world.reception().end(IMPU, ALICE);

        assertThat(fault(world.register(body))).isEqualTo(ReceptionFault.REPLAYED);
        world.clock().advance(Duration.ofMinutes(6));
        assertThat(fault(world.register(body))).isEqualTo(ReceptionFault.STALE);
    }

    @Test
    void anOlderMessageDoesNotReplaceANewerKey() {
        SipBody older = body(USER_ITSELF, csk(1), MDSI, false, world.clock());
        world.clock().advance(Duration.ofSeconds(1));
        world.register(body(USER_ITSELF, csk(2), MDSI, false, world.clock()));

        assertThat(world.register(older).fault()).contains(ReceptionFault.REPLAYED);
        try (CskSession server = server()) {
            assertThat(server.current().orElseThrow().xpkId()).isEqualTo(csk(2).id());
        }
    }

    @Test
    void oneIdentifierIsNotTwoKeys() {
        received(USER_ITSELF, csk(1), MDSI);
        world.clock().advance(Duration.ofSeconds(1));

        assertThat(received(USER_ITSELF, csk(1).withOctet(9), MDSI).fault()).contains(ReceptionFault.DUPLICATE_KEY_ID);
        assertThat(world.serverKeys.keys()).hasSize(1);
    }

    @Test
    void theKeyOfAnotherClientOpensNothing() {
        world.register();

        try (CskSession other = world.serverKeys.session(
                        new CskBinding(IMPU, BOB), world.clock().instant());
                CskSession elsewhere = world.serverKeys.session(
                        new CskBinding("sip:eve@ims.example.org", ALICE),
                        world.clock().instant())) {
            assertThat(other.current()).isEmpty();
            assertThat(elsewhere.current()).isEmpty();
            assertThat(other.byId(world.serverKeys.keys().get(0).keyId())).isEmpty();
        }
    }

    @Test
    void aMessageOfSomebodyElseIsRefused() {
        assertThat(fault(received(new TestSender(BOB, HOME), csk(1), MDSI))).isEqualTo(ReceptionFault.NOT_AUTHORISED);
        assertThat(fault(received(new TestSender(ALICE, PARTNER), csk(1), MDSI)))
                .isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void aForgedOrChangedMessageIsRefused() {
        Octets message = USER_ITSELF.message(csk(1), MDSI, HOME, world.clock().instant());
        byte[] changed = message.toByteArray();
        changed[20] ^= 1;

        assertThat(fault(world.register(new SipBody(KeyBody.MEDIA_TYPE, Octets.copyOf(changed)))))
                .isEqualTo(ReceptionFault.WRONG_SIGNATURE);
        assertThat(fault(world.register(new SipBody(KeyBody.MEDIA_TYPE, message.slice(0, message.size() - 1)))))
                .isEqualTo(ReceptionFault.MALFORMED);
    }

    @Test
    void anotherKindOfKeyIsRefused() {
        TestGroupKey pck =
                new TestGroupKey(1, 0x11000001, 2, KeyParameters.of(KeyPurpose.PCK, List.of()), MessageProfile.DEFAULT);

        assertThat(fault(received(USER_ITSELF, pck, MDSI))).isEqualTo(ReceptionFault.KEY_MISMATCH);
    }

    @Test
    void aMessageToAnotherServerIsRefusedWithoutRedirect() {
        CskAnswer answer = received(USER_ITSELF, csk(1), "sip:other@example.org");

        assertThat(fault(answer)).isEqualTo(ReceptionFault.NOT_FOR_ME);
        assertThat(answer.redirectBody()).isEmpty();
    }

    @Test
    void aMessageOutOfTimeIsRefused() {
        SipBody body = body(USER_ITSELF, csk(1), MDSI, false, world.clock());
        world.clock().advance(Duration.ofMinutes(5).plusSeconds(1));

        assertThat(fault(world.register(body))).isEqualTo(ReceptionFault.STALE);
    }

    @Test
    void anExpiredOrRevokedKeyIsNotTaken() {
        Instant past = world.clock().instant().minusSeconds(60);

        assertThat(fault(received(USER_ITSELF, csk(1).active(past.minusSeconds(60), Optional.of(past)), MDSI)))
                .isEqualTo(ReceptionFault.EXPIRED);
        received(USER_ITSELF, csk(2), MDSI);
        world.clock().advance(Duration.ofSeconds(1));
        assertThat(fault(received(USER_ITSELF, csk(2).revoked(), MDSI))).isEqualTo(ReceptionFault.REVOKED);
    }

    @Test
    void whoUsedAnotherKmsIsToldTheRightOne() {
        CskAnswer answer = world.register(body(USER_ITSELF, csk(1), MDSI, true, world.clock()));

        assertThat(fault(answer)).isEqualTo(ReceptionFault.NOT_FOR_ME);
        SipBody redirect = answer.redirectBody().orElseThrow();
        assertThat(redirect.contentType()).isEqualTo("application/vnd.3gpp.kmsredirectresponse+xml");
        KmsRedirectResponse read =
                KmsRedirectResponseCodec.read(redirect.octets().toByteArray());
        assertThat(read.initiator()).contains(ALICE);
        assertThat(read.receiver()).contains(MDSI);
        assertThat(read.refusedKms()).contains(PARTNER.root().kmsUri());
        assertThat(read.refuser()).contains(MDSI);
        assertThat(read.proposedKms()).containsExactly(HOME.root().kmsUri());
    }

    @Test
    void theBodyHasOneKeyMessage() {
        BodyPart part = BodyPart.of(KeyBody.MEDIA_TYPE, Octets.ofAscii("x"));
        SipBody two = MultipartBody.of(MultipartBody.MIXED, List.of(part, part)).toBody();
        SipBody none = new SipBody("application/sdp", Octets.ofAscii("v=0"));

        assertThat(fault(world.register(two))).isEqualTo(ReceptionFault.MALFORMED);
        assertThat(fault(world.register(none))).isEqualTo(ReceptionFault.MALFORMED);
        assertThat(fault(world.register(new SipBody("multipart/mixed", Octets.ofAscii("x")))))
                .isEqualTo(ReceptionFault.MALFORMED);
        assertThat(KeyBody.isIn(two)).isTrue();
        assertThat(KeyBody.isIn(none)).isFalse();
    }

    @Test
    void base64IsReadWhereItIsSaidAndElsewhereIfItIsSwitchedOn() {
        Octets message = USER_ITSELF.message(csk(1), MDSI, HOME, world.clock().instant());
        Octets base64 = Octets.ofAscii(Base64.getEncoder().encodeToString(message.toByteArray()));
        BodyPart said = new BodyPart(
                List.of(
                        new BodyPart.Field("Content-Type", KeyBody.MEDIA_TYPE),
                        new BodyPart.Field("Content-Transfer-Encoding", "base64")),
                base64);
        SipBody unsaid = new SipBody(KeyBody.MEDIA_TYPE, base64);
        CskReception lenient = new CskReception(
                world.server.opening(),
                world.serverKeys,
                new RecentMessages(10, world.clock()),
                HOME.root().kmsUri(),
                world.clock(),
                Set.of(KeyBody.Deviation.BASE64_WITHOUT_HEADER));

        assertThat(fault(world.register(unsaid))).isEqualTo(ReceptionFault.MALFORMED);
        assertThat(lenient.receive(unsaid, IMPU, USER).isTaken()).isTrue();
        world.reception().end(IMPU, ALICE);
        assertThat(world.register(body(said)).isTaken()).isTrue();
        world.reception().end(IMPU, ALICE);
        world.clock().advance(Duration.ofSeconds(1));
        assertThat(lenient.receive(body(USER_ITSELF, csk(3), MDSI, false, world.clock()), IMPU, USER)
                        .isTaken())
                .isTrue();
    }

    @Test
    void aServerWithoutCertificateOrAClientWithoutKeysSendsNothing() {
        CskUpload elsewhere = new CskUpload(
                world.client.kms(),
                world.clientKeys,
                ALICE,
                new Sender(MDSI, "kms.nowhere.example"),
                new ScalarSakkeCore(),
                new SecureRandom());

        assertThatExceptionOfType(PartnerRefusedException.class).isThrownBy(() -> elsewhere.begin(IMPU));
        world.clock().advance(Duration.ofDays(60));
        assertThatExceptionOfType(KmsClientException.class)
                .isThrownBy(() -> world.upload().begin(IMPU));
    }

    @Test
    void whatWasSignedUnderAnotherClientsKeyIsRefused() {
        world.register();
        BodyPart part = BodyPart.of("application/xml", "1@client", Octets.ofAscii("<a></a>"));
        MultipartBody message;
        try (CskSession client = client()) {
            message = MultipartBody.of(
                    MultipartBody.MIXED,
                    List.of(
                            part,
                            BodySignatures.sign(List.of(part), client.current().orElseThrow())));
        }

        try (CskSession bob = world.serverKeys.session(
                new CskBinding(IMPU, BOB), world.clock().instant())) {
            assertThatExceptionOfType(KmsException.class)
                    .isThrownBy(() -> BodySignatures.verify(message, bob::byId, Set.of()));
        }
    }
}
