package org.mckms.client.cek;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.mckms.client.KmsClient;
import org.mckms.client.store.StoreKey;
import org.mckms.protocol.smime.SipBody;

/** The examples of the README about content encryption keys; {@link SipProtectionTest} compares and runs them. */
final class CekReadmeExample {
    private final Path cekFile;
    private final StoreKey storeKey;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private SipBody onTheWay;

    CekReadmeExample(Path cekFile, StoreKey storeKey, Clock clock) {
        this.cekFile = cekFile;
        this.storeKey = storeKey;
        this.clock = clock;
    }

    private void send(SipBody body) {
        onTheWay = body;
    }

    private SipBody received() {
        return onTheWay;
    }

    private void show(SipBody body) {
        send(body);
    }

    /** @return what arrived */
    SipBody client(KmsClient kms, String serverUri, String sessionId, SipBody body) {
        // begin client
        try (CekKeys keys = CekKeys.open(cekFile, storeKey, random)) { // the first time: create
            CekClient ceks = new CekClient(kms, keys);
            CekScope call = CekScope.of(serverUri, sessionId);
            ceks.current(call); // fetches, checks, stores; again whenever listen() tells of a change
            SipProtection sip = new SipProtection(keys, clock, random);
            send(sip.seal(body, call));
            show(sip.open(received(), call));
            ceks.renewDue(); // from time to time
            ceks.endSession(sessionId);
        }
        // end
        return onTheWay;
    }

    /** @return the answer to the push */
    byte[] server(KmsClient kms, String pushAddress, byte[] posted, CekScope session, SipBody body) {
        byte[] answer;
        // begin server
        try (CekKeys keys = CekKeys.open(cekFile, storeKey, random)) {
            McServerKeys server = new McServerKeys(kms, keys, pushAddress, random);
            server.pull(); // what the KMS could not push while the server was down
            answer = server.receive(posted); // of each POST to pushAddress; an exception is answered with status 500
            send(server.seal(body, session));
            show(server.open(received(), session));
        }
        // end
        return answer;
    }
}
