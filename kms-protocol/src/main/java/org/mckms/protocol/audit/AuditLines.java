package org.mckms.protocol.audit;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/** Reads the lines of an export; a line that is not in canonical form is not accepted. */
final class AuditLines {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

    private AuditLines() {}

    static AuditRecord parseRecord(String line) {
        return parse(line, AuditLines::record, AuditRecord::toJson);
    }

    static AuditCheckpoint parseCheckpoint(String line) {
        return parse(line, AuditLines::checkpoint, AuditCheckpoint::toJson);
    }

    private static <T> T parse(String line, Function<JsonObject, T> reader, Function<T, String> writer) {
        T parsed;
        try (JsonReader json = READERS.createReader(new StringReader(line))) {
            parsed = reader.apply(json.readObject());
        } catch (JsonException
                | ClassCastException
                | NullPointerException
                | ArithmeticException
                | DateTimeException e) {
            throw new InvalidValueException("the line is not of the audit format");
        }
        if (!writer.apply(parsed).equals(line)) {
            throw new InvalidValueException("the line is not in canonical form");
        }
        return parsed;
    }

    private static AuditRecord record(JsonObject json) {
        return new AuditRecord(
                json.getString("chain"),
                number(json, "sequence"),
                Instant.parse(json.getString("time")),
                json.getString("node"),
                json.getString("event"),
                json.getString("outcome"),
                json.getString("actor"),
                json.getString("subject"),
                details(json.getJsonObject("details")),
                Octets.fromHex(json.getString("previous")),
                Octets.fromHex(json.getString("hash")));
    }

    private static AuditCheckpoint checkpoint(JsonObject json) {
        SortedMap<String, ChainHead> heads = new TreeMap<>();
        json.getJsonObject("heads").forEach((chain, value) -> {
            JsonObject head = value.asJsonObject();
            heads.put(chain, new ChainHead(number(head, "sequence"), Octets.fromHex(head.getString("hash"))));
        });
        return new AuditCheckpoint(
                new CheckpointBody(
                        number(json, "checkpoint"),
                        Instant.parse(json.getString("time")),
                        heads,
                        Octets.fromHex(json.getString("previous"))),
                Octets.fromHex(json.getString("hash")),
                Octets.fromHex(json.getString("signature")));
    }

    private static long number(JsonObject json, String key) {
        return json.getJsonNumber(key).longValueExact();
    }

    private static SortedMap<String, String> details(JsonObject json) {
        SortedMap<String, String> details = new TreeMap<>();
        json.forEach((key, value) -> details.put(key, ((JsonString) value).getString()));
        return details;
    }
}
