package org.mckms.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the PKCS#11 shim has counted until now.
 *
 * @param calls by function
 * @param nanos spent in them together, delays included
 */
record TokenCalls(Map<String, Long> calls, long nanos) {
    static final TokenCalls NONE = new TokenCalls(Map.of(), 0);

    private static final int RECORD = 64;
    private static final int NAME = 40;

    /** Reads the file {@code calls} of the shim. */
    static TokenCalls read(Path shim) throws IOException {
        ByteBuffer records =
                ByteBuffer.wrap(Files.readAllBytes(shim.resolve("calls"))).order(ByteOrder.nativeOrder());
        Map<String, Long> calls = new TreeMap<>();
        long nanos = 0;
        for (int at = 0; at + RECORD <= records.capacity(); at += RECORD) {
            byte[] name = new byte[NAME];
            records.get(at, name);
            long count = records.getLong(at + NAME);
            if (count > 0) {
                calls.put(new String(name, StandardCharsets.US_ASCII).trim(), count);
            }
            nanos += records.getLong(at + NAME + 2 * Long.BYTES);
        }
        return new TokenCalls(calls, nanos);
    }

    TokenCalls since(TokenCalls before) {
        Map<String, Long> more = new TreeMap<>();
        calls.forEach((name, count) -> {
            long added = count - before.calls.getOrDefault(name, 0L);
            if (added > 0) {
                more.put(name, added);
            }
        });
        return new TokenCalls(more, nanos - before.nanos);
    }

    long total() {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Sessions that are open now. */
    long openSessions() {
        return calls.getOrDefault("C_OpenSession", 0L) - calls.getOrDefault("C_CloseSession", 0L);
    }
}
