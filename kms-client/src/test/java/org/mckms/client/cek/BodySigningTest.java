package org.mckms.client.cek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.BOB;
import static org.mckms.client.group.TwoDomains.CAROL;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.PARTNER;
import static org.mckms.protocol.error.KmsErrorCode.FORBIDDEN_IDENTITY;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.SIGNATURE_REQUIRED;
import static org.mckms.protocol.error.KmsErrorCode.STALE_TIME;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.client.TestPki;
import org.mckms.client.group.Sender;
import org.mckms.client.group.TestMember;
import org.mckms.client.group.TwoDomains;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.smime.SignedSipBody;
import org.mckms.protocol.smime.SipBody;

class BodySigningTest {
    private static final TestPki PKI = new TestPki();
    private static final SipBody BODY = new SipBody("text/plain", Octets.ofAscii("hello"));
    private static final Sender FROM_ALICE = new Sender(ALICE, HOME.root().kmsUri());

    @TempDir
    private Path folder;

    private TwoDomains world;
    private TestMember bob;
    private SipBody signed;

    @BeforeEach
    void begin() throws Exception {
        world = new TwoDomains(PKI, folder);
        bob = world.home(BOB);
        signed = signing(world.home(ALICE), ALICE).sign(BODY, BOB);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private static BodySigning signing(TestMember member, String uri) {
        return new BodySigning(member.kms(), uri, new SecureRandom(), token -> false);
    }

    private void assertRefused(BodySigning receiver, SipBody body, Sender from, KmsErrorCode code) {
        assertThatExceptionOfType(KmsException.class)
                .isThrownBy(() -> receiver.verify(body, from))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theReceiverKnowsWhoSigned() {
        assertThat(signing(bob, BOB).verify(signed, FROM_ALICE)).isEqualTo(BODY);
    }

    @Test
    void aReceiverOfAnotherSystemKnowsItToo() {
        SipBody toCarol = signing(world.home("sip:dave@example.org"), "sip:dave@example.org")
                .sign(BODY, CAROL);

        assertThat(signing(world.partner(CAROL), CAROL)
                        .verify(
                                toCarol,
                                new Sender("sip:dave@example.org", HOME.root().kmsUri())))
                .isEqualTo(BODY);
    }

    @Test
    void aBodyOfSomebodyElseOrForSomebodyElseIsRefused() {
        BodySigning receiver = signing(bob, BOB);

        assertRefused(receiver, signed, new Sender(CAROL, HOME.root().kmsUri()), FORBIDDEN_IDENTITY);
        assertRefused(receiver, signed, new Sender(ALICE, PARTNER.root().kmsUri()), FORBIDDEN_IDENTITY);
        assertRefused(signing(bob, "sip:other@example.org"), signed, FROM_ALICE, FORBIDDEN_IDENTITY);
    }

    @Test
    void aBodyOutOfTimeIsRefused() {
        world.clock.advance(Duration.ofSeconds(301));
        assertRefused(signing(bob, BOB), signed, FROM_ALICE, STALE_TIME);
        world.clock.advance(Duration.ofSeconds(-602));
        assertRefused(signing(bob, BOB), signed, FROM_ALICE, STALE_TIME);
    }

    @Test
    void anAlteredBodyIsRefused() {
        byte[] octets = signed.octets().toByteArray();
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == 'h' && octets[i + 1] == 'e') {
                octets[i] = 'j';
                break;
            }
        }

        assertRefused(
                signing(bob, BOB),
                new SipBody(signed.contentType(), Octets.copyOf(octets)),
                FROM_ALICE,
                SIGNATURE_REQUIRED);
        assertRefused(signing(bob, BOB), BODY, FROM_ALICE, MALFORMED_REQUEST);
    }

    @Test
    void aSignerWhoseKeyIsDeniedOrWhoseKmsIsNotKnownIsRefused() {
        Octets token = SignedSipBody.parse(signed).pvt();
        BodySigning denying = new BodySigning(bob.kms(), BOB, new SecureRandom(), token::equals);
        SipBody fromCarol = signing(world.partner(CAROL), CAROL).sign(BODY, "sip:eve@example.org");
        TestMember eve = world.member("sip:eve@example.org", HOME);

        assertRefused(denying, signed, FROM_ALICE, SIGNATURE_REQUIRED);
        assertRefused(
                signing(eve, "sip:eve@example.org"),
                fromCarol,
                new Sender(CAROL, PARTNER.root().kmsUri()),
                SIGNATURE_REQUIRED);
    }
}
