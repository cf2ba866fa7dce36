package org.mckms.protocol.smime;

import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsException;

/**
 * A MIME entity: header fields and content (RFC 2045), as it stands in a multipart body or is sealed.
 *
 * @param fields in their order, up to 16
 * @param content as it stands there, in its transfer encoding
 */
public record BodyPart(List<Field> fields, Octets content) {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_ID = "Content-ID";
    private static final String TRANSFER_ENCODING = "Content-Transfer-Encoding";
    private static final String CRLF = "\r\n";
    private static final int MAX_FIELDS = 16;
    private static final Pattern FIELD_NAME = Pattern.compile("[!-9;-~]+");
    private static final Pattern ANGLED_ID = Pattern.compile("<([!-;=?-~]{1,255})>");

    /**
     * A header field.
     *
     * @param name printable ASCII without colon
     * @param value one line of printable ASCII, may be empty
     */
    public record Field(String name, String value) {
        /** @throws KmsException MALFORMED_REQUEST if a character does not belong there, or it is too long */
        public Field {
            if (!FIELD_NAME.matcher(name).matches()
                    || value.length() > SipBody.MAX_LINE
                    || !SipBody.isPrintable(value)) {
                throw malformed("a header field is not a name and one line of printable ASCII");
            }
        }
    }

    /** @throws KmsException MALFORMED_REQUEST if there are too many header fields */
    public BodyPart {
        fields = List.copyOf(fields);
        if (fields.size() > MAX_FIELDS) {
            throw malformed("a body part has more than " + MAX_FIELDS + " header fields");
        }
    }

    /** A part of a type. */
    public static BodyPart of(String contentType, Octets content) {
        return new BodyPart(List.of(new Field(CONTENT_TYPE, contentType)), content);
    }

    /**
     * A part that others refer to.
     *
     * @param contentId without angle brackets, 1 to 255 printable characters
     * @throws KmsException MALFORMED_REQUEST if it has others
     */
    public static BodyPart of(String contentType, String contentId, Octets content) {
        String angled = "<" + contentId + ">";
        if (!ANGLED_ID.matcher(angled).matches()) {
            throw malformed("a Content-ID has a character that it cannot have");
        }
        return new BodyPart(List.of(new Field(CONTENT_TYPE, contentType), new Field(CONTENT_ID, angled)), content);
    }

    /**
     * Reads the header fields up to the empty line, then the content as it is. A field may go on in lines that begin with
     * white space.
     *
     * @throws KmsException MALFORMED_REQUEST if the header does not end, or a line in it is no header field
     */
    public static BodyPart parse(byte[] entity) {
        List<Field> fields = new ArrayList<>();
        StringBuilder pending = new StringBuilder();
        int at = 0;
        while (fields.size() <= MAX_FIELDS) {
            int end = endOfLine(entity, at);
            String line = new String(entity, at, end - at, StandardCharsets.ISO_8859_1);
            at = end + CRLF.length();
            boolean goesOn = line.startsWith(" ") || line.startsWith("\t");
            if (!goesOn && !pending.isEmpty()) {
                fields.add(read(pending.toString()));
                pending.setLength(0);
            }
            if (line.isEmpty()) {
                return new BodyPart(fields, Octets.copyOf(Arrays.copyOfRange(entity, at, entity.length)));
            }
            if (goesOn && pending.isEmpty() || pending.length() + line.length() > SipBody.MAX_LINE) {
                throw malformed("a header line belongs to no header field");
            }
            pending.append(line);
        }
        throw malformed("a body part has more than " + MAX_FIELDS + " header fields");
    }

    /** Header, empty line and content. */
    public byte[] octets() {
        StringBuilder head = new StringBuilder();
        fields.forEach(field ->
                head.append(field.name()).append(": ").append(field.value()).append(CRLF));
        byte[] start = head.append(CRLF).toString().getBytes(StandardCharsets.US_ASCII);
        byte[] body = content.toByteArray();
        byte[] entity = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, entity, start.length, body.length);
        Arrays.fill(body, (byte) 0);
        return entity;
    }

    /**
     * The value of a header field.
     *
     * @throws KmsException MALFORMED_REQUEST if it is there twice
     */
    public Optional<String> value(String name) {
        List<String> values = fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
        if (values.size() > 1) {
            throw malformed("a body part has the header field " + name + " twice");
        }
        return values.stream().findFirst();
    }

    /** The Content-Type as it stands there; {@code text/plain} where there is none (RFC 2045 clause 5.2). */
    public String contentType() {
        return value(CONTENT_TYPE).orElse("text/plain");
    }

    /** Whether it says what it is. */
    public boolean hasContentType() {
        return value(CONTENT_TYPE).isPresent();
    }

    /**
     * The Content-ID without its angle brackets.
     *
     * @throws KmsException MALFORMED_REQUEST if it has none, or there are two
     */
    public Optional<String> contentId() {
        return value(CONTENT_ID).map(value -> {
            Matcher angled = ANGLED_ID.matcher(value.strip());
            if (!angled.matches()) {
                throw malformed("a Content-ID is not one identifier in angle brackets");
            }
            return angled.group(1);
        });
    }

    /** Whether the content stands there as it is, in no transfer encoding that changes octets. */
    public boolean isPlain() {
        return switch (encoding()) {
            case "binary", "8bit", "7bit" -> true;
            default -> false;
        };
    }

    /**
     * The content without its transfer encoding.
     *
     * @throws KmsException MALFORMED_REQUEST for another one than base64 or none, or if it is not base64
     */
    public Octets decoded() {
        if (isPlain()) {
            return content;
        }
        if (encoding().equals("base64")) {
            try {
                String text = new String(content.toByteArray(), StandardCharsets.ISO_8859_1);
                return Octets.copyOf(Base64.getDecoder().decode(text.replaceAll("[ \t\r\n]", "")));
            } catch (IllegalArgumentException e) {
                throw new KmsException(MALFORMED_REQUEST, "the content of a body part is not base64", e);
            }
        }
        throw malformed("a body part has a transfer encoding that SIP does not use");
    }

    private String encoding() {
        return value(TRANSFER_ENCODING).orElse("binary").strip().toLowerCase(Locale.ROOT);
    }

    private static Field read(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw malformed("a header line is no header field");
        }
        return new Field(
                line.substring(0, colon).stripTrailing(),
                line.substring(colon + 1).strip());
    }

    private static int endOfLine(byte[] entity, int from) {
        int limit = Math.min(entity.length - 1, from + SipBody.MAX_LINE);
        for (int at = from; at < limit; at++) {
            if (entity[at] == '\r' && entity[at + 1] == '\n') {
                return at;
            }
        }
        throw malformed("the header of a body part does not end");
    }

    private static KmsException malformed(String message) {
        return new KmsException(MALFORMED_REQUEST, message);
    }
}
