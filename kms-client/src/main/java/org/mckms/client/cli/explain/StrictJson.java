package org.mckms.client.cli.explain;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** JSON out of a token: one object, no name twice. */
final class StrictJson {
    private static final int MAX_DIGITS = 18;
    private static final int MAX_PRECISION = 40;
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private StrictJson() {}

    static Optional<JsonObject> object(String text) {
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            return Optional.of(reader.readObject());
        } catch (JsonException
                | IllegalStateException
                | IllegalArgumentException
                | ArithmeticException
                | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** A value as a person would write it. */
    static String plain(JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        if (value instanceof JsonArray list) {
            return list.stream().map(StrictJson::plain).collect(Collectors.joining(", "));
        }
        return value.toString();
    }

    /** The words of a text, or of the texts in an array. */
    static Set<String> words(JsonValue value) {
        Set<String> words = new TreeSet<>();
        if (value instanceof JsonString text) {
            Arrays.stream(text.getString().split(" "))
                    .filter(word -> !word.isEmpty())
                    .forEach(words::add);
        } else if (value instanceof JsonArray list) {
            list.stream().filter(JsonString.class::isInstance).forEach(item -> words.addAll(words(item)));
        }
        return words;
    }

    /** Whole seconds of a number below 10^18, however it is written; a number such as 1E999999999 is not computed. */
    static Optional<Long> seconds(JsonNumber number) {
        BigDecimal value = number.bigDecimalValue();
        long digits = (long) value.precision() - value.scale();
        if (digits > MAX_DIGITS || value.precision() > MAX_PRECISION) {
            return Optional.empty();
        }
        return Optional.of(digits < 1 ? 0 : value.longValue());
    }
}
