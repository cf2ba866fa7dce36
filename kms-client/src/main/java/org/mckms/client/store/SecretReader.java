package org.mckms.client.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mckms.client.store.ClientStoreException.Fault;

/** Reads what {@link SecretWriter} wrote, every length checked. The octets are the caller's to wipe. */
public final class SecretReader {
    private final byte[] octets;
    private int position;

    public SecretReader(byte[] octets) {
        this.octets = octets;
    }

    public int u8() {
        return octets[advance(1)] & 0xFF;
    }

    public boolean flag() {
        int value = u8();
        if (value > 1) {
            throw damaged(null);
        }
        return value == 1;
    }

    public int u32() {
        return ByteBuffer.wrap(octets, advance(Integer.BYTES), Integer.BYTES).getInt();
    }

    public long i64() {
        return ByteBuffer.wrap(octets, advance(Long.BYTES), Long.BYTES).getLong();
    }

    /** A copy, which the caller wipes when it is secret. */
    public byte[] octets() {
        int length = u32();
        if (length < 0) {
            throw damaged(null);
        }
        int from = advance(length);
        return Arrays.copyOfRange(octets, from, position);
    }

    public String text() {
        return new String(octets(), StandardCharsets.UTF_8);
    }

    public Instant time() {
        try {
            return Instant.ofEpochSecond(i64(), u32());
        } catch (DateTimeException | ArithmeticException e) {
            throw damaged(e);
        }
    }

    public <T> Optional<T> optional(Supplier<T> reader) {
        return flag() ? Optional.of(reader.get()) : Optional.empty();
    }

    public <T> List<T> list(Supplier<T> reader) {
        List<T> values = new ArrayList<>();
        each(reader, values::add);
        return values;
    }

    /** Reads a list and hands out each element as soon as it is read, so that a later fault loses none. */
    public <T> void each(Supplier<T> reader, Consumer<T> taker) {
        int count = u32();
        if (count < 0) {
            throw damaged(null);
        }
        for (int i = 0; i < count; i++) {
            taker.accept(reader.get());
        }
    }

    /** Passes if nothing is left. */
    public void finish() {
        if (position != octets.length) {
            throw damaged(null);
        }
    }

    public static ClientStoreException damaged(Throwable cause) {
        return new ClientStoreException(Fault.DAMAGED, "the content of the key store is not what it should be", cause);
    }

    private int advance(int length) {
        if (length > octets.length - position) {
            throw damaged(null);
        }
        int from = position;
        position += length;
        return from;
    }
}
