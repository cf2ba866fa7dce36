package org.mckms.protocol.cms;

import static org.mckms.protocol.cms.DerWriter.CONTEXT_CONSTRUCTED;
import static org.mckms.protocol.cms.DerWriter.GENERALIZED_TIME;
import static org.mckms.protocol.cms.DerWriter.INTEGER;
import static org.mckms.protocol.cms.DerWriter.OCTET_STRING;
import static org.mckms.protocol.cms.DerWriter.SEQUENCE;
import static org.mckms.protocol.cms.DerWriter.SHORT_LENGTH_LIMIT;
import static org.mckms.protocol.cms.DerWriter.UTF8_STRING;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.mckms.protocol.error.KmsException;

/**
 * Reads what {@link DerWriter} writes, and nothing else: definite, shortest lengths, no octet left over. It copies nothing
 * but the octets asked for.
 */
public final class DerReader {
    private static final int MAX_LENGTH_OCTETS = 3;

    private final byte[] der;
    private final int end;
    private int at;

    private DerReader(byte[] der, int from, int end) {
        this.der = der;
        this.at = from;
        this.end = end;
    }

    /**
     * Reads one SEQUENCE that fills the array.
     *
     * @throws KmsException MALFORMED_REQUEST if it is not that, or {@code content} leaves something of it
     */
    public static <T> T sequence(byte[] der, Function<DerReader, T> content) {
        DerReader whole = new DerReader(der, 0, der.length);
        DerReader inside = whole.enter(SEQUENCE, "the content");
        whole.finish("the content");
        return inside.readAll(content, "the content");
    }

    /** A SEQUENCE inside. */
    public <T> T inner(String name, Function<DerReader, T> content) {
        return enter(SEQUENCE, name).readAll(content, name);
    }

    /** A SEQUENCE under the implicit context tag {@code number}, if it is the next. */
    public <T> Optional<T> tagged(int number, String name, Function<DerReader, T> content) {
        int tag = CONTEXT_CONSTRUCTED | number;
        return more() && (der[at] & 0xFF) == tag
                ? Optional.of(enter(tag, name).readAll(content, name))
                : Optional.empty();
    }

    /** Whether something is left. */
    public boolean more() {
        return at < end;
    }

    /** An INTEGER from 0 to 127. */
    public int small(String name) {
        DerReader value = enter(INTEGER, name);
        if (value.size() != 1 || der[value.at] < 0) {
            throw malformed(name + " is not a number from 0 to 127");
        }
        return der[value.at];
    }

    /** A UTF8String of at most {@code maxOctets}. */
    public String text(String name, int maxOctets) {
        DerReader value = enter(UTF8_STRING, name);
        value.atMost(maxOctets, name);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(der, value.at, value.size()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new KmsException(MALFORMED_REQUEST, name + " is not UTF-8", e);
        }
    }

    /** A GeneralizedTime in whole seconds, UTC. */
    public Instant time(String name) {
        DerReader value = enter(GENERALIZED_TIME, name);
        String text = new String(der, value.at, value.size(), StandardCharsets.US_ASCII);
        try {
            return LocalDateTime.parse(text, DerWriter.SECONDS).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new KmsException(MALFORMED_REQUEST, name + " is not a time in seconds, UTC", e);
        }
    }

    /** A copy of an OCTET STRING of at most {@code maxOctets}; the caller wipes it. */
    public byte[] octets(String name, int maxOctets) {
        DerReader value = enter(OCTET_STRING, name);
        value.atMost(maxOctets, name);
        return Arrays.copyOfRange(der, value.at, value.end);
    }

    private <T> T readAll(Function<DerReader, T> content, String name) {
        T value = content.apply(this);
        finish(name);
        return value;
    }

    /**
     * Says that nothing may be left; asked before a secret is made of what was read, and in any case at the end.
     *
     * @throws KmsException MALFORMED_REQUEST if something is
     */
    public void finish(String name) {
        if (more()) {
            throw malformed(name + " has octets after its end");
        }
    }

    private int size() {
        return end - at;
    }

    private void atMost(int octets, String name) {
        if (size() > octets) {
            throw malformed(name + " has " + size() + " octets, at most " + octets + " are accepted");
        }
    }

    private DerReader enter(int tag, String name) {
        if (octet(name) != tag) {
            throw malformed(name + " is not where it belongs");
        }
        int length = length(name);
        if (length > size()) {
            throw malformed(name + " is cut off");
        }
        DerReader inside = new DerReader(der, at, at + length);
        at += length;
        return inside;
    }

    private int length(String name) {
        int first = octet(name);
        if (first < SHORT_LENGTH_LIMIT) {
            return first;
        }
        int count = first & (SHORT_LENGTH_LIMIT - 1);
        if (count == 0 || count > MAX_LENGTH_OCTETS) {
            throw malformed(name + " has no definite length, or too large a one");
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = length << Byte.SIZE | octet(name);
        }
        if (length < SHORT_LENGTH_LIMIT || length >> (Byte.SIZE * (count - 1)) == 0) {
            throw malformed(name + " does not have the shortest form of its length");
        }
        return length;
    }

    private int octet(String name) {
        if (!more()) {
            throw malformed(name + " is missing");
        }
        return der[at++] & 0xFF;
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
