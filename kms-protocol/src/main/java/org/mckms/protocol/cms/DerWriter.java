package org.mckms.protocol.cms;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Writes DER whose content may be secret: what was collected is wiped when it is handed out. One writer, one value. */
public final class DerWriter {
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int UTF8_STRING = 0x0C;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int CONTEXT_CONSTRUCTED = 0xA0;
    static final int SHORT_LENGTH_LIMIT = 0x80;
    static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final List<byte[]> parts = new ArrayList<>();

    private DerWriter() {}

    /** A SEQUENCE; the array is the caller's to wipe. */
    public static byte[] sequence(Consumer<DerWriter> content) {
        DerWriter writer = new DerWriter();
        writer.constructed(SEQUENCE, content);
        return writer.take();
    }

    /** A SEQUENCE inside. */
    public DerWriter inner(Consumer<DerWriter> content) {
        return constructed(SEQUENCE, content);
    }

    /** A SEQUENCE under the implicit context tag {@code number}, 0 to 30. */
    public DerWriter tagged(int number, Consumer<DerWriter> content) {
        return constructed(CONTEXT_CONSTRUCTED | number, content);
    }

    /** An INTEGER from 0 to 127. */
    public DerWriter small(int value) {
        return add(INTEGER, new byte[] {(byte) value});
    }

    /** A UTF8String; never a secret. */
    public DerWriter text(String value) {
        return add(UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A GeneralizedTime in whole seconds, UTC. */
    public DerWriter time(Instant value) {
        return add(GENERALIZED_TIME, SECONDS.format(value).getBytes(StandardCharsets.US_ASCII));
    }

    /** An OCTET STRING; {@code value} is copied. */
    public DerWriter octets(byte[] value) {
        return add(OCTET_STRING, value);
    }

    private DerWriter constructed(int tag, Consumer<DerWriter> content) {
        DerWriter inside = new DerWriter();
        byte[] body = new byte[0];
        try {
            content.accept(inside);
            body = inside.take();
            return add(tag, body);
        } finally {
            inside.wipe();
            Arrays.fill(body, (byte) 0);
        }
    }

    private DerWriter add(int tag, byte[] content) {
        byte[] length = length(content.length);
        byte[] part = new byte[1 + length.length + content.length];
        part[0] = (byte) tag;
        System.arraycopy(length, 0, part, 1, length.length);
        System.arraycopy(content, 0, part, 1 + length.length, content.length);
        parts.add(part);
        return this;
    }

    private static byte[] length(int octets) {
        if (octets < SHORT_LENGTH_LIMIT) {
            return new byte[] {(byte) octets};
        }
        int size = (Integer.SIZE - Integer.numberOfLeadingZeros(octets) + Byte.SIZE - 1) / Byte.SIZE;
        byte[] length = new byte[1 + size];
        length[0] = (byte) (SHORT_LENGTH_LIMIT | size);
        for (int i = 0; i < size; i++) {
            length[size - i] = (byte) (octets >> (Byte.SIZE * i));
        }
        return length;
    }

    private byte[] take() {
        byte[] taken = new byte[parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact)];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, taken, at, part.length);
            at += part.length;
        }
        wipe();
        return taken;
    }

    private void wipe() {
        parts.forEach(part -> Arrays.fill(part, (byte) 0));
        parts.clear();
    }
}
