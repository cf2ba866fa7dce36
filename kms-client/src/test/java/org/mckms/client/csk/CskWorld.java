package org.mckms.client.csk;

import static org.mckms.client.group.TwoDomains.ALICE;
import static org.mckms.client.group.TwoDomains.HOME;
import static org.mckms.client.group.TwoDomains.PARTNER;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.mckms.client.MutableClock;
import org.mckms.client.TestPki;
import org.mckms.client.group.RecentMessages;
import org.mckms.client.group.Sender;
import org.mckms.client.group.TestGroupKey;
import org.mckms.client.group.TestMember;
import org.mckms.client.group.TestSender;
import org.mckms.client.group.TwoDomains;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.core.SakkeCore;
import org.mckms.mikeysakke.core.ScalarSakkeCore;
import org.mckms.mikeysakke.mikey.CryptoSessionId;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.MessageProfile;
import org.mckms.protocol.smime.BodyPart;
import org.mckms.protocol.smime.MultipartBody;
import org.mckms.protocol.smime.SipBody;

/** An MC server with its MDSI, and a client of it, both of the home system. */
final class CskWorld implements AutoCloseable {
    static final String MDSI = "sip:mcptt.participating@example.org";
    static final String IMPU = "sip:+491510000001@ims.example.org";
    static final CskBinding BINDING = new CskBinding(IMPU, ALICE);
    static final Sender SERVER = new Sender(MDSI, HOME.root().kmsUri());
    static final Sender USER = new Sender(ALICE, HOME.root().kmsUri());

    private static final SakkeCore CORE = new ScalarSakkeCore();

    final TwoDomains domains;
    final TestMember client;
    final TestMember server;
    final CskStore clientKeys = CskStore.inMemory();
    final CskStore serverKeys = CskStore.inMemory();
    private final CskReception reception;
    private final KeyDownloadReception downloads;

    CskWorld(TestPki pki, Path folder) throws Exception {
        domains = new TwoDomains(pki, folder);
        client = domains.home(ALICE);
        server = domains.home(MDSI);
        reception = new CskReception(
                server.opening(), serverKeys, seen(), HOME.root().kmsUri(), clock(), Set.of());
        downloads = new KeyDownloadReception(client.opening(), clientKeys, seen(), SERVER, clock());
    }

    private RecentMessages seen() {
        return new RecentMessages(100, clock());
    }

    MutableClock clock() {
        return domains.clock;
    }

    CskUpload upload() {
        return new CskUpload(client.kms(), clientKeys, ALICE, SERVER, CORE, new SecureRandom());
    }

    KeyDownload download() {
        return new KeyDownload(server.kms(), serverKeys, MDSI, CORE, new SecureRandom());
    }

    CskAnswer register(SipBody body) {
        return reception.receive(body, IMPU, USER);
    }

    CskReception reception() {
        return reception;
    }

    KeyDownloadReception downloads() {
        return downloads;
    }

    /** Registers, as SIP does that accepts. */
    CskAnswer register() {
        try (CskUpload.Upload upload = upload().begin(IMPU)) {
            CskAnswer answer = register(body(upload.bodyPart()));
            if (answer.isTaken()) {
                upload.accepted();
            }
            return answer;
        }
    }

    /** A body with the access token beside the key message. */
    static SipBody body(BodyPart key) {
        return MultipartBody.of(
                        MultipartBody.MIXED,
                        List.of(
                                BodyPart.of("application/vnd.3gpp.mcptt-info+xml", Octets.ofAscii("<mcptt-info/>")),
                                key))
                .toBody();
    }

    /** A message that the test makes itself. */
    static SipBody body(TestSender from, TestGroupKey key, String to, boolean ofPartner, MutableClock clock) {
        return new SipBody(KeyBody.MEDIA_TYPE, from.message(key, to, ofPartner ? PARTNER : HOME, clock.instant()));
    }

    static TestGroupKey csk(int n) {
        return new TestGroupKey(
                n,
                0x21000000 + n,
                100 + n,
                KeyParameters.of(KeyPurpose.CSK, List.of()),
                MessageProfile.withSessions(CryptoSessionId.MCPTT_CSK));
    }

    @Override
    public void close() {
        clientKeys.close();
        serverKeys.close();
        domains.close();
    }
}
