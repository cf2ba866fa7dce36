package org.mckms.protocol.audit;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.mckms.mikeysakke.InvalidValueException;

/** Reads the lines of an export; a line that would be written in any other way is not accepted. */
final class AuditLines {
    private AuditLines() {}

    static AuditRecord parseRecord(String line) {
        return parse(line, AuditLines::record, AuditRecord::toJson);
    }

    static AuditCheckpoint parseCheckpoint(String line) {
        return parse(line, AuditLines::checkpoint, AuditCheckpoint::toJson);
    }

    private static <T> T parse(String line, Function<CanonicalJsonReader, T> reader, Function<T, String> writer) {
        CanonicalJsonReader in = new CanonicalJsonReader(line);
        T parsed = reader.apply(in.begin());
        in.end().finish();
        if (!writer.apply(parsed).equals(line)) {
            throw new InvalidValueException("the line is not in canonical form");
        }
        return parsed;
    }

    private static AuditRecord record(CanonicalJsonReader in) {
        return new AuditRecord(
                in.text("chain"),
                in.number("sequence"),
                in.time("time"),
                in.text("node"),
                in.text("event"),
                in.text("outcome"),
                in.text("actor"),
                in.text("subject"),
                details(in),
                in.hex("previous"),
                in.hex("hash"));
    }

    private static SortedMap<String, String> details(CanonicalJsonReader in) {
        SortedMap<String, String> details = new TreeMap<>();
        in.beginObject("details").members(key -> details.put(key, in.value())).end();
        return details;
    }

    private static AuditCheckpoint checkpoint(CanonicalJsonReader in) {
        long number = in.number("checkpoint");
        Instant time = in.time("time");
        CheckpointBody body = new CheckpointBody(number, time, heads(in), in.hex("previous"));
        return new AuditCheckpoint(body, in.hex("hash"), in.hex("signature"));
    }

    private static SortedMap<String, ChainHead> heads(CanonicalJsonReader in) {
        SortedMap<String, ChainHead> heads = new TreeMap<>();
        in.beginObject("heads")
                .members(chain -> {
                    in.begin();
                    heads.put(chain, new ChainHead(in.number("sequence"), in.hex("hash")));
                    in.end();
                })
                .end();
        return heads;
    }
}
