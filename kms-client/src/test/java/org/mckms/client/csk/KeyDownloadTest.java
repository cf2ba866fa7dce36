package org.mckms.client.csk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mckms.client.csk.CskWorld.BINDING;
import static org.mckms.client.csk.CskWorld.IMPU;
import static org.mckms.client.csk.CskWorld.MDSI;
import static org.mckms.client.csk.CskWorld.USER;
import static org.mckms.client.csk.CskWorld.body;
import static org.mckms.client.csk.CskWorld.csk;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.BOB;
import static org.mckms.client.group.TwoDomains.HOME;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;
import org.mckms.client.group.ReceptionException;
import org.mckms.client.group.SrtpMaterial;
import org.mckms.client.group.TestGroupKey;
import org.mckms.client.group.TestSender;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.mikeysakke.mikey.SrtpKeyDerivation;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.SipBody;

/** Keys on their way from a server to its client (TS 33.180 clause 5.8). */
class KeyDownloadTest {
    private static final TestPki PKI = new TestPki();
    private static final TestSender SERVER = new TestSender(MDSI, HOME);
    private static final KeyIdentifier MUSIK_ID = new KeyIdentifier(0x6ABCDEF0);
    private static final Octets RAND = Octets.fromHex("000102030405060708090A0B0C0D0E0F");

    @TempDir
    private Path folder;

    private CskWorld world;

    @BeforeEach
    void begin() throws Exception {
        world = new CskWorld(PKI, folder);
        assertThat(world.register().isTaken()).isTrue();
        world.clock().advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void end() {
        world.close();
    }

    private ReceptionFault fault(SipBody body) {
        int before = world.clientKeys.keys().size();
        ReceptionFault fault = catchThrowableOfType(
                        ReceptionException.class, () -> world.downloads().receive(body, BINDING))
                .fault();
        assertThat(world.clientKeys.keys()).hasSize(before);
        return fault;
    }

    private SipBody message(TestSender from, TestGroupKey key, String to) {
        return body(from, key, to, false, world.clock());
    }

    private static SecretOctets musik() {
        return SecretOctets.takeFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    }

    private static Octets copy(SecretOctets secret) {
        return secret.use(Octets::copyOf);
    }

    @Test
    void aServerReplacesTheCsk() {
        KeyIdentifier before = world.clientKeys.keys().get(0).keyId();
        BodyPart part = world.download().newCsk(BINDING, USER);

        KeyIdentifier taken = world.downloads().receive(body(part), BINDING).orElseThrow();

        assertThat(taken.purposeTag()).isEqualTo(2);
        assertThat(taken).isNotEqualTo(before);
        for (CskStore store : List.of(world.clientKeys, world.serverKeys)) {
            try (CskSession session = store.session(BINDING, world.clock().instant())) {
                assertThat(session.current().orElseThrow().xpkId()).isEqualTo(taken);
                assertThat(session.byId(before)).isPresent();
            }
        }
    }

    @Test
    void aMusikComesFromTheServerAndGivesSessionKeys() {
        try (SecretOctets key = musik();
                SecretOctets tek = SrtpKeyDerivation.tek(key, 7, MUSIK_ID, RAND)) {
            BodyPart part = world.download().musik(MUSIK_ID, key, RAND, BINDING, USER);

            assertThat(world.downloads().receive(body(part), BINDING)).contains(MUSIK_ID);
            try (CskSession client =
                            world.clientKeys.session(BINDING, world.clock().instant());
                    SrtpMaterial srtcp =
                            client.srtcp(CryptoSessionId.MCPTT_MUSIK).orElseThrow()) {
                assertThat(copy(srtcp.tek())).isEqualTo(copy(tek));
                assertThat(srtcp.mki()).isEqualTo(MUSIK_ID.octets());
                assertThat(client.current()).as("the CSK stays").isPresent();
            }
        }
    }

    @Test
    void bothSidesDeriveTheSameSessionKeysFromTheCsk() {
        try (CskSession client = world.clientKeys.session(BINDING, world.clock().instant());
                CskSession server =
                        world.serverKeys.session(BINDING, world.clock().instant());
                SrtpMaterial here = client.srtcp(CryptoSessionId.MCPTT_CSK).orElseThrow();
                SrtpMaterial there = server.srtcp(CryptoSessionId.MCPTT_CSK).orElseThrow()) {
            assertThat(copy(here.tek())).isEqualTo(copy(there.tek()));
            assertThat(copy(here.salt())).isEqualTo(copy(there.salt()));
            assertThat(client.srtcp(CryptoSessionId.MCPTT_MUSIK)).isEmpty();
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> client.srtcp(CryptoSessionId.MCPTT_GROUP));
        }
    }

    @Test
    void theSameMessageAgainChangesNothing() {
        SipBody body = message(SERVER, csk(1), ALICE);

        assertThat(world.downloads().receive(body, BINDING)).contains(csk(1).id());
        assertThat(world.downloads().receive(body, BINDING)).contains(csk(1).id());
    }

    @Test
    void nobodyButTheServerSendsKeys() {
        assertThat(fault(message(new TestSender(BOB, HOME), csk(1), ALICE))).isEqualTo(ReceptionFault.NOT_AUTHORISED);
        assertThat(fault(message(new TestSender(ALICE, HOME), csk(1), ALICE))).isEqualTo(ReceptionFault.NOT_AUTHORISED);
    }

    @Test
    void keysOfOtherKindsOrForOthersAreRefused() {
        assertThat(fault(message(SERVER, csk(1), BOB))).isEqualTo(ReceptionFault.NOT_FOR_ME);
        assertThat(fault(message(
                        SERVER,
                        new TestGroupKey(
                                1, 0x31000001, 2, KeyParameters.of(KeyPurpose.SPK, List.of()), MessageProfile.DEFAULT),
                        ALICE)))
                .isEqualTo(ReceptionFault.KEY_MISMATCH);
    }

    @Test
    void aRevokedKeyIsForgotten() {
        world.downloads().receive(message(SERVER, csk(1), ALICE), BINDING);
        world.clock().advance(Duration.ofSeconds(1));

        assertThat(world.downloads().receive(message(SERVER, csk(1).revoked(), ALICE), BINDING))
                .isEmpty();
        assertThat(world.clientKeys.keys()).extracting(ServerKeyDetails::keyId).doesNotContain(csk(1).id());
    }

    @Test
    void aKeyIsSentToItsOwnClientOnly() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> world.download().newCsk(new CskBinding(IMPU, BOB), USER));
    }
}
