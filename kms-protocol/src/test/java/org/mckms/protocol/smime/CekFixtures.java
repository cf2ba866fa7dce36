package org.mckms.protocol.smime;

import jakarta.json.JsonObject;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.SecurityVectors;

/** The CEK of the vectors and the envelope that OpenSSL made with it. */
final class CekFixtures {
    static final JsonObject VECTOR = SecurityVectors.ALL.getJsonObject("cmsAuthEnvelopedData");
    static final String KEY_ID = VECTOR.getString("keyId");
    static final String KEY = VECTOR.getString("cek");

    private CekFixtures() {}

    static ContentEncryptionKey cek() {
        return cek(KEY_ID, KEY);
    }

    static ContentEncryptionKey cek(String keyId, String key) {
        return new ContentEncryptionKey(
                Octets.fromHex(keyId), SecretOctets.takeFrom(HexFormat.of().parseHex(key)));
    }

    static byte[] envelope() {
        return Base64.getDecoder().decode(VECTOR.getString("der"));
    }

    static byte[] content() {
        return HexFormat.of().parseHex(VECTOR.getString("content"));
    }

    /** Finds this key and no other. */
    static Function<Octets, Optional<ContentEncryptionKey>> only(ContentEncryptionKey cek) {
        return keyId -> keyId.equals(cek.keyId()) ? Optional.of(cek) : Optional.empty();
    }
}
