package org.mckms.platform.datakey;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * A data key as it lies in the database.
 *
 * @param node    who drew it
 * @param drawnAt to the microsecond, which is what the databases keep
 */
record StoredDataKey(UUID id, String node, Instant drawnAt, WrappedKey key) {

    private static final String LABEL = "mckms/1/data-key";

    StoredDataKey {
        requireNonNull(id, "id");
        requireNonNull(node, "node");
        requireNonNull(drawnAt, "drawnAt");
        requireNonNull(key, "key");
    }

    /** What is authenticated with the key on the token. */
    byte[] context(String kmsUri) {
        return context(kmsUri, id, node, drawnAt);
    }

    /** ASCII label, KMS URI, id, node and time of drawing, each with its length in four big-endian octets before it. */
    static byte[] context(String kmsUri, UUID id, String node, Instant drawnAt) {
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        for (String field : new String[] {LABEL, kmsUri, id.toString(), node, drawnAt.toString()}) {
            byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
            context.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
            context.writeBytes(utf8);
        }
        return context.toByteArray();
    }
}
