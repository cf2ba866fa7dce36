package org.mckms.csc.token;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the JSON objects of a token so that no two readers can see different things: UTF-8 only, one object, each
 * member once at every depth (RFC 7515 clause 4 and RFC 7519 clause 4 allow refusing duplicates; we do).
 */
final class StrictJson {

    private static final int MAX_DEPTH = 8;

    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    static {
        if (object("{\"a\":1,\"a\":1}".getBytes(StandardCharsets.UTF_8)).isPresent()) {
            throw new IllegalStateException("the JSON provider of this server does not refuse duplicate members");
        }
    }

    private StrictJson() {}

    /**
     * Returns the object, or empty if the octets are anything but one JSON object in UTF-8 without duplicates.
     *
     * <p>Whatever the parser throws is a no: besides JsonException it throws NumberFormatException for exponents it cannot
     * hold and UnsupportedOperationException for numbers it finds too long, and anybody can send those.
     */
    static Optional<JsonObject> object(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            if (isTooDeepOrTrailing(text)) {
                return Optional.empty();
            }
            try (JsonReader reader = READERS.createReader(new StringReader(text))) {
                return Optional.of(reader.readObject());
            }
        } catch (CharacterCodingException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Looks at the brackets outside strings only; everything else is the parser's business. */
    private static boolean isTooDeepOrTrailing(String text) {
        int depth = 0;
        boolean inString = false;
        boolean closed = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (closed && !isWhiteSpace(c)) {
                return true;
            }
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                if (++depth > MAX_DEPTH) {
                    return true;
                }
            } else if (c == '}' || c == ']') {
                closed = --depth == 0;
            }
        }
        return false;
    }

    private static boolean isWhiteSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** Returns the member as text; empty if it is absent or no string. */
    static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString s ? Optional.of(s.getString()) : Optional.empty();
    }

    /** Whether the member is there with any value, null included. */
    static boolean has(JsonObject object, String name) {
        return object.containsKey(name);
    }
}
