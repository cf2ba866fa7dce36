package org.mckms.client.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the content of a key store into octets that leave no copy behind; the counterpart of {@link SecretReader}. */
public final class SecretWriter implements AutoCloseable {
    private byte[] octets = new byte[8192];
    private int size;

    public SecretWriter u8(int value) {
        reserve(1);
        octets[size++] = (byte) value;
        return this;
    }

    public SecretWriter flag(boolean value) {
        return u8(value ? 1 : 0);
    }

    public SecretWriter u32(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    public SecretWriter i64(long value) {
        return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Length and octets; {@code value} is neither kept nor wiped. */
    public SecretWriter octets(byte[] value) {
        return u32(value.length).raw(value);
    }

    public SecretWriter text(String value) {
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    public SecretWriter time(Instant value) {
        return i64(value.getEpochSecond()).u32(value.getNano());
    }

    public <T> SecretWriter optional(Optional<T> value, Consumer<T> writer) {
        flag(value.isPresent());
        value.ifPresent(writer);
        return this;
    }

    public <T> SecretWriter list(List<T> values, Consumer<T> writer) {
        u32(values.size());
        values.forEach(writer);
        return this;
    }

    /** A copy of what was written; the caller wipes it. */
    public byte[] copy() {
        return Arrays.copyOf(octets, size);
    }

    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
        size = 0;
    }

    private SecretWriter raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, octets, size, value.length);
        size += value.length;
        return this;
    }

    private void reserve(int more) {
        int needed = Math.addExact(size, more);
        if (needed > octets.length) {
            byte[] larger = Arrays.copyOf(octets, Math.max(needed, Math.multiplyExact(octets.length, 2)));
            Arrays.fill(octets, (byte) 0);
            octets = larger;
        }
    }
}
