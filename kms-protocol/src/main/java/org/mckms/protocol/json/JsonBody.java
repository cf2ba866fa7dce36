package org.mckms.protocol.json;

import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.json.FlatJsonParser.Kind;

/**
 * The body of a request: one flat JSON object of strings, whole numbers and lists of strings, at most 16 KiB unless said
 * otherwise, with members that are expected and each once, sent within 10 s. Values stay in arrays until they are asked
 * for, and closing wipes them, so that a PIN or a master secret is not left behind in a String as every JSON library
 * would do.
 */
public final class JsonBody implements AutoCloseable {

    /** Longest body unless said otherwise, in octets. */
    public static final int MAX_OCTETS = 16 * 1024;

    /** Longest time for the whole body; a single read that waits is ended by the read timeout of the listener. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final Map<String, FlatJsonParser.Value> members;

    private JsonBody(Map<String, FlatJsonParser.Value> members) {
        this.members = members;
    }

    /**
     * Reads a body; the caller closes it.
     *
     * @param expected names of the members that may be there
     * @throws KmsException BODY_TOO_LARGE, or MALFORMED_REQUEST for anything but such an object
     */
    public static JsonBody read(InputStream in, Set<String> expected) {
        return read(in, expected, System::nanoTime);
    }

    /** As the other one; the time is that of a clock in nanoseconds that only goes forward. */
    static JsonBody read(InputStream in, Set<String> expected, LongSupplier ticker) {
        return parse(octets(in, ticker), expected);
    }

    /**
     * The same for a body that was read already, within limits of the caller's own.
     *
     * @param octets wiped
     */
    public static JsonBody parse(byte[] octets, Set<String> expected) {
        char[] text = new char[0];
        try {
            text = decode(octets, new char[octets.length]);
            JsonBody body = new JsonBody(new FlatJsonParser(text).parse());
            body.refuseUnexpected(expected);
            return body;
        } finally {
            Arrays.fill(octets, (byte) 0);
            Arrays.fill(text, '\0');
        }
    }

    /**
     * A string member without control characters, not blank.
     *
     * @param maxCharacters longest text, in UTF-16 units
     * @throws KmsException MALFORMED_REQUEST if it is missing or anything else
     */
    public String text(String name, int maxCharacters) {
        return optionalText(name, maxCharacters).orElseThrow(() -> malformed(name + " is missing"));
    }

    /** As {@link #text}, but it may be missing. */
    public Optional<String> optionalText(String name, int maxCharacters) {
        FlatJsonParser.Value value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value.kind() != Kind.STRING || !isText(value.characters(), maxCharacters)) {
            throw malformed(name + " must be a text of 1 to " + maxCharacters + " printable characters");
        }
        return Optional.of(new String(value.characters()));
    }

    /**
     * A list of strings without control characters, none of them blank; empty if the member is missing.
     *
     * @param maxEntries at most 1000, which is the longest list that is read
     * @param maxCharacters longest string, in UTF-16 units
     * @throws KmsException MALFORMED_REQUEST if it is anything else or longer
     */
    public List<String> texts(String name, int maxEntries, int maxCharacters) {
        FlatJsonParser.Value value = members.get(name);
        if (value == null) {
            return List.of();
        }
        boolean good = value.kind() == Kind.LIST
                && value.parts().size() <= maxEntries
                && value.parts().stream().allMatch(part -> isText(part, maxCharacters));
        if (!good) {
            throw malformed(name + " must be a list of up to " + maxEntries + " texts of 1 to " + maxCharacters
                    + " printable characters");
        }
        return value.parts().stream().map(String::new).toList();
    }

    /**
     * A whole number of up to 18 digits.
     *
     * @throws KmsException MALFORMED_REQUEST if it is missing or anything else
     */
    public long number(String name) {
        FlatJsonParser.Value value = members.get(name);
        if (value == null || value.kind() != Kind.NUMBER) {
            throw malformed(name + " must be a whole number");
        }
        return Long.parseLong(new String(value.characters()));
    }

    /**
     * A copy of a secret string member, which the caller wipes.
     *
     * @throws KmsException MALFORMED_REQUEST if it is missing, empty, longer than the limit or no string
     */
    public char[] secret(String name, int maxCharacters) {
        FlatJsonParser.Value value = members.get(name);
        if (value == null
                || value.kind() != Kind.STRING
                || value.characters().length == 0
                || value.characters().length > maxCharacters) {
            throw malformed(name + " must be a text of 1 to " + maxCharacters + " characters");
        }
        return value.characters().clone();
    }

    /** Whether the member is there. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    @Override
    public void close() {
        members.values().forEach(FlatJsonParser.Value::wipe);
    }

    private void refuseUnexpected(Set<String> expected) {
        if (!expected.containsAll(members.keySet())) {
            close();
            throw malformed("the body has a member that is not known here; known are "
                    + expected.stream().sorted().toList());
        }
    }

    /** Undertow throws a NullPointerException when its read timeout ends a connection under a waiting read. */
    private static byte[] octets(InputStream in, LongSupplier ticker) {
        long start = ticker.getAsLong();
        byte[] buffer = new byte[MAX_OCTETS + 1];
        try {
            int length = 0;
            for (int n = 0; n >= 0; n = in.read(buffer, length, buffer.length - length)) {
                length += n;
                if (length > MAX_OCTETS) {
                    throw tooLarge(MAX_OCTETS);
                }
                if (ticker.getAsLong() - start > TIME_LIMIT.toNanos()) {
                    throw malformed("the body is not complete after " + TIME_LIMIT.toSeconds() + " s");
                }
            }
            return Arrays.copyOf(buffer, length);
        } catch (IOException | NullPointerException e) {
            throw new KmsException(MALFORMED_REQUEST, "the body is not complete", e);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    /**
     * Decodes UTF-8.
     *
     * @param buffer as long as the octets, which is enough; wiped in any case
     */
    static char[] decode(byte[] octets, char[] buffer) {
        CharBuffer decoded = CharBuffer.wrap(buffer);
        try {
            CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
            boolean good =
                    decoder.decode(ByteBuffer.wrap(octets), decoded, true).isUnderflow()
                            && decoder.flush(decoded).isUnderflow();
            if (!good) {
                throw malformed("the body is not UTF-8");
            }
            return Arrays.copyOf(buffer, decoded.position());
        } finally {
            Arrays.fill(buffer, '\0');
        }
    }

    /** For a body that is longer than the limit, or is said to be. */
    public static KmsException tooLarge(int maxOctets) {
        return new KmsException(BODY_TOO_LARGE, "the body is longer than " + maxOctets + " octets");
    }

    private static boolean isText(char[] characters, int maxCharacters) {
        String text = new String(characters);
        return !text.isBlank() && text.length() <= maxCharacters && !hasControl(text);
    }

    private static boolean hasControl(String text) {
        return text.codePoints().anyMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    }

    private static KmsException malformed(String why) {
        return new KmsException(MALFORMED_REQUEST, why);
    }
}
