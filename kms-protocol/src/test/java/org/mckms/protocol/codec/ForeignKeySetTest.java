package org.mckms.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.xml.KmsSchema;

/** Key sets that other vendors' KMSs issued, in the forms in which these write them. */
class ForeignKeySetTest {
    private static final JsonObject VECTORS = read();

    @ParameterizedTest
    @ValueSource(strings = {"asciiHexUidKeySet", "softilKeySet"})
    void isReadWithoutTypesAndInHexOfAnyCase(String name) {
        JsonObject vector = VECTORS.getJsonObject(name);
        assertHolds(vector, document(vector, vector.getString("uid"), name.startsWith("soft")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"asciiHexUidKeySet", "softilKeySet"})
    void isReadInBase64(String name) {
        JsonObject vector = VECTORS.getJsonObject(name);
        String document = document(vector, base64(vector.getString("uid")), false);
        for (String key : new String[] {"userDecryptKey", "userSigningKeySSK", "userPubTokenPVT"}) {
            document = document.replace(vector.getString(key), base64(vector.getString(key)));
        }
        assertHolds(vector, document);
    }

    @Test
    void isNotSchemaValidWhichIsWhyReadingIsTolerant() {
        JsonObject vector = VECTORS.getJsonObject("asciiHexUidKeySet");
        byte[] octets = document(vector, vector.getString("uid"), false).getBytes(UTF_8);
        assertThatThrownBy(() -> KmsSchema.validate(octets)).hasMessageStartingWith("the document is not schema-valid");
    }

    private static void assertHolds(JsonObject vector, String document) {
        try (KmsResponse response = KmsResponseCodec.decode(document.getBytes(UTF_8))) {
            KmsKeySet keySet =
                    ((KmsKeyProv) response.message().orElseThrow()).keySets().get(0);
            assertThat(keySet.userId().octets().toHex()).isEqualToIgnoringCase(vector.getString("uid"));
            keySet.rsk().use(key -> assertThat(hex(key)).isEqualToIgnoringCase(vector.getString("userDecryptKey")));
            keySet.ssk().use(key -> assertThat(hex(key)).isEqualToIgnoringCase(vector.getString("userSigningKeySSK")));
            assertThat(keySet.pvt().octets().toHex()).isEqualToIgnoringCase(vector.getString("userPubTokenPVT"));
        }
    }

    private static String document(JsonObject vector, String userId, boolean lowerCase) {
        String keys = "<UserDecryptKey>" + vector.getString("userDecryptKey") + "</UserDecryptKey><UserSigningKeySSK>"
                + vector.getString("userSigningKeySSK") + "</UserSigningKeySSK><UserPubTokenPVT>"
                + vector.getString("userPubTokenPVT") + "</UserPubTokenPVT>";
        if (lowerCase) {
            keys = keys.replace(
                    vector.getString("userDecryptKey"),
                    vector.getString("userDecryptKey").toLowerCase(Locale.ROOT));
        }
        String user = vector.getString("userUri", "sip:user@example.org");
        String kms = vector.getString("kmsUri", "kms.example.org");
        return "<?xml version=\"1.0\"?>\n<KmsResponse xmlns=\"" + KmsSchema.NAMESPACE + "\">\n <KmsUri>" + kms
                + "</KmsUri>\n <UserUri>" + user + "</UserUri>\n <Time>2022-06-01T08:00:00</Time>\n <ClientReqUrl>"
                + kms
                + "/keyprov</ClientReqUrl>\n <KmsMessage><KmsKeyProv><KmsKeySet><KmsUri>" + kms + "</KmsUri><UserUri>"
                + user + "</UserUri><UserID>" + userId + "</UserID><KeyPeriodNo>1514</KeyPeriodNo>" + keys
                + "</KmsKeySet></KmsKeyProv></KmsMessage>\n</KmsResponse>\n";
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static JsonObject read() {
        String resource = "/vectors/interop/foreign-key-sets.json";
        try (JsonReader reader = Json.createReader(ForeignKeySetTest.class.getResourceAsStream(resource))) {
            return reader.readObject();
        }
    }
}
