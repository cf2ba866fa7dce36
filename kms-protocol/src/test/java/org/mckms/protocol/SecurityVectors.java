package org.mckms.protocol;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** The vectors of the security extension, and the keys of its samples. */
public final class SecurityVectors {
    public static final JsonObject ALL = read();
    public static final String TRK_NAME = "tk.1.sip:alice@example.org";
    public static final String INK_NAME = "ink.1.sip:alice@example.org";
    public static final String NEW_TRK_NAME = "tk.2.sip:alice@example.org";
    public static final String NEW_INK_NAME = "ink.2.sip:alice@example.org";

    private SecurityVectors() {}

    public static NamedKey trk() {
        return key(TRK_NAME, ALL.getString("TrK"));
    }

    public static NamedKey ink() {
        return key(INK_NAME, ALL.getString("InK"));
    }

    public static ClientKeys clientKeys() {
        return new ClientKeys(trk(), Optional.of(ink()));
    }

    public static ReceivingKeys receivingKeys() {
        return ReceivingKeys.of(clientKeys());
    }

    public static ClientKeys newKeys() {
        return new ClientKeys(
                key(NEW_TRK_NAME, wrap("NewTransportKey").getString("plain")),
                Optional.of(key(NEW_INK_NAME, wrap("NewIntegrityKey").getString("plain"))));
    }

    public static NamedKey key(String name, String hex) {
        return NamedKey.takeFrom(name, HexFormat.of().parseHex(hex));
    }

    public static List<JsonObject> wraps() {
        return ALL.getJsonArray("wraps").getValuesAs(JsonObject.class);
    }

    public static JsonObject wrap(String element) {
        return wraps().stream()
                .filter(wrap -> wrap.getString("element").equals(element))
                .findFirst()
                .orElseThrow();
    }

    public static JsonObject signature(String sample) {
        return ALL.getJsonArray("signatures").getValuesAs(JsonObject.class).stream()
                .filter(signature -> signature.getString("file").equals("samples/" + sample))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject read() {
        String resource = "/vectors/security/kms-security-extension.json";
        try (JsonReader reader = Json.createReader(SecurityVectors.class.getResourceAsStream(resource))) {
            return reader.readObject();
        }
    }
}
