package org.mckms.protocol.cek;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.smime.ContentEncryptionKey;

/** The CEK of the vectors, as the KMS tells it. */
public final class CekSamples {
    public static final Octets KEY_ID = Octets.fromHex(vector("keyId"));
    public static final Octets OTHER_KEY_ID = Octets.fromHex("FF0102030405060708090A0B0C0D0E0F");
    public static final String SERVER = "sip:mcptt-server@example.org";
    public static final String USER = "sip:alice@example.org";
    public static final String SESSION = "a84b4c76e66710@pc33.example.org";
    public static final Instant FROM = Instant.parse("2024-05-18T05:52:26Z");

    private CekSamples() {}

    /** A value of the vectors: keyId or cek. */
    public static String vector(String name) {
        return SecurityVectors.ALL.getJsonObject("cmsAuthEnvelopedData").getString(name);
    }

    public static byte[] octets() {
        return HexFormat.of().parseHex(vector("cek"));
    }

    public static ContentEncryptionKey key(Octets keyId) {
        return new ContentEncryptionKey(keyId, SecretOctets.takeFrom(octets()));
    }

    /** With everything that may be absent. */
    public static Cek full(CekStatus status) {
        return new Cek(
                KEY_ID,
                7,
                Optional.of(USER),
                SERVER,
                Optional.of(SESSION),
                status,
                FROM,
                Optional.of(FROM.plusSeconds(86_400)),
                Optional.of(FROM.plusSeconds(3_600)),
                OptionalLong.of(1_000_000),
                status == CekStatus.REVOKED ? Optional.empty() : Optional.of(key(KEY_ID)));
    }

    /** With nothing that may be absent. */
    public static Cek bare(Octets keyId, CekStatus status) {
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

    /** An active, a retiring and a revoked one. */
    public static CekList list() {
        return new CekList(List.of(
                full(CekStatus.ACTIVE),
                bare(OTHER_KEY_ID, CekStatus.RETIRING),
                bare(Octets.fromHex("00".repeat(16)), CekStatus.REVOKED)));
    }
}
