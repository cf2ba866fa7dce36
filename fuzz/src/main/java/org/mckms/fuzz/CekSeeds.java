package org.mckms.fuzz;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.cek.CekFault;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekOrder;
import org.mckms.protocol.cek.CekQuery;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** One element of each kind about content encryption keys. */
final class CekSeeds {
    private static final Octets KEY_ID = Octets.fromHex("C4D7EFBFA088370407A72D3788BA3240");
    private static final Octets OTHER = Octets.fromHex("00112233445566778899AABBCCDDEEFF");
    private static final String SERVER = "sip:mcptt-server@example.org";
    private static final String SESSION = "a84b4c76e66710@pc33.example.org";
    private static final Instant FROM = Instant.parse("2026-05-01T12:00:00Z");
    private static final int KEY_OCTETS = 32;

    private CekSeeds() {}

    /** The inputs by name. */
    static Map<String, byte[]> inputs() {
        return Map.of(
                "list", CekTarget.input(new CekList(List.of(full(), bare(OTHER, CekStatus.PENDING)))),
                "list-revoked", CekTarget.input(new CekList(List.of(bare(KEY_ID, CekStatus.REVOKED)))),
                "list-empty", CekTarget.input(new CekList(List.of())),
                "order", CekTarget.input(new CekOrder(Optional.of(SESSION), Optional.of(SERVER))),
                "query", CekTarget.input(new CekQuery(true, Optional.of(KEY_ID))),
                "end-keys", CekTarget.input(CekEnd.ofKeys(List.of(KEY_ID, OTHER))),
                "end-session", CekTarget.input(CekEnd.ofSession(SESSION)),
                "end-user", CekTarget.input(CekEnd.ofUser()),
                "acknowledgement",
                        CekTarget.input(new CekAcknowledgement(List.of(
                                new CekAcknowledgement.Item(KEY_ID, 7, Optional.empty()),
                                new CekAcknowledgement.Item(OTHER, 1, Optional.of(CekFault.CANNOT_OPEN))))));
    }

    private static Cek full() {
        return new Cek(
                KEY_ID,
                7,
                Optional.of(Keys.ALICE),
                SERVER,
                Optional.of(SESSION),
                CekStatus.ACTIVE,
                FROM,
                Optional.of(FROM.plusSeconds(86_400)),
                Optional.of(FROM.plusSeconds(3_600)),
                OptionalLong.of(1_000_000),
                Optional.of(key(KEY_ID)));
    }

    private static Cek bare(Octets keyId, CekStatus status) {
        return new Cek(
                keyId,
                1,
                Optional.empty(),
                SERVER,
                Optional.empty(),
                status,
                FROM,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                status == CekStatus.REVOKED ? Optional.empty() : Optional.of(key(keyId)));
    }

    private static ContentEncryptionKey key(Octets keyId) {
        return new ContentEncryptionKey(keyId, SecretOctets.takeFrom(new byte[KEY_OCTETS]));
    }
}
