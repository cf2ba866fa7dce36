package org.mckms.it.support;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request whose end can be read in more than one way (RFC 9112 clauses 6 and 11.2), so that another request may hide
 * behind it. In the texts {@code {n}} is the length of the hidden request and {@code {x}} the same in hex, {@code {n+5}}
 * that of an empty chunk before it, {@code {hidden}} the request itself.
 *
 * @param fields lines of the head, each with the end it has
 * @param body   what follows the head
 */
public record FramingShape(String name, String fields, String body) {

    /** Shapes that a server must not read as two requests, whoever sends them. */
    public static final List<FramingShape> AMBIGUOUS = List.of(
            shape("CL.TE", "Content-Length: {n+5}\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n{hidden}"),
            shape("TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "{x}\r\n{hidden}\r\n0\r\n\r\n"),
            shape("TE.TE", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "0\r\n\r\n{hidden}"),
            shape("codings, chunked last", "Transfer-Encoding: identity, chunked\r\n", "0\r\n\r\n{hidden}"),
            shape("codings, chunked first", "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n{hidden}"),
            shape("unknown coding", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n{hidden}"),
            shape(
                    "unknown coding and length",
                    "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n",
                    "0\r\n\r\n{hidden}"),
            shape("coding in quotation marks", "Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n{hidden}"),
            shape("vertical tab before the coding", "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n{hidden}"),
            shape("space before the colon", "Transfer-Encoding : chunked\r\n", "0\r\n\r\n{hidden}"),
            shape(
                    "space before the colon, and length",
                    "Transfer-Encoding : chunked\r\nContent-Length: {n+5}\r\n",
                    "0\r\n\r\n{hidden}"),
            shape("empty coding", "Transfer-Encoding: \r\nContent-Length: {n}\r\n", "{hidden}"),
            shape("coding identity", "Transfer-Encoding: identity\r\nContent-Length: {n}\r\n", "{hidden}"),
            shape("two lengths", "Content-Length: 0\r\nContent-Length: {n}\r\n", "{hidden}"),
            shape("list of lengths", "Content-Length: 0, {n}\r\n", "{hidden}"),
            shape("length with plus", "Content-Length: +0\r\n", "{hidden}"),
            shape("negative length", "Content-Length: -1\r\n", "{hidden}"),
            shape("length in hex", "Content-Length: 0x0\r\n", "{hidden}"),
            shape("length with a space", "Content-Length: 0 0\r\n", "{hidden}"),
            shape("length with NUL", "Content-Length: 0\u0000\r\n", "{hidden}"),
            shape("length of 2^64", "Content-Length: 18446744073709551616\r\n", "{hidden}"),
            shape("length with a space before the colon", "Content-Length : {n}\r\n", "{hidden}"),
            shape("bare CR in a field", "X: y\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n", "{hidden}"),
            shape("line without colon", "Transfer-Encoding chunked\r\nContent-Length: 0\r\n", "{hidden}"),
            shape("chunk size of 2^64", "Transfer-Encoding: chunked\r\n", "10000000000000000\r\n\r\n{hidden}"),
            shape("chunk longer than its size", "Transfer-Encoding: chunked\r\n", "1\r\nAAAA\r\n0\r\n\r\n{hidden}"),
            shape("chunk without its end", "Transfer-Encoding: chunked\r\n", "1\r\nA0\r\n\r\n{hidden}"));

    /** Shapes that some read as one complete request; what follows is then a second one, or nothing. */
    public static final List<FramingShape> LENIENT = List.of(
            shape("chunk size with 0x", "Transfer-Encoding: chunked\r\n", "0x0\r\n\r\n{hidden}"),
            shape("negative chunk size", "Transfer-Encoding: chunked\r\n", "-1\r\n\r\n{hidden}"),
            shape("tab before the coding", "Transfer-Encoding:\tchunked\r\n", "0\r\n\r\n{hidden}"),
            shape("folded coding", "Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n{hidden}"),
            shape("chunk extension", "Transfer-Encoding: chunked\r\n", "0;x=y\r\n\r\n{hidden}"),
            shape("chunk extension ended by LF", "Transfer-Encoding: chunked\r\n", "0;x=y\n\r\n\r\n{hidden}"),
            shape("chunk lines ended by LF", "Transfer-Encoding: chunked\r\n", "0\n\n{hidden}"),
            shape("trailer with a length", "Transfer-Encoding: chunked\r\n", "0\r\nContent-Length: 5\r\n\r\n{hidden}"));

    private static FramingShape shape(String name, String fields, String body) {
        return new FramingShape(name, fields, body);
    }

    /** The whole as it goes over the wire. */
    public byte[] octets(String requestLine, List<String> otherFields, String hidden) {
        StringBuilder text = new StringBuilder(requestLine).append("\r\n");
        otherFields.forEach(line -> text.append(line).append("\r\n"));
        text.append(fields).append("\r\n").append(body);
        return text.toString()
                .replace("{n+5}", String.valueOf(hidden.length() + 5))
                .replace("{n}", String.valueOf(hidden.length()))
                .replace("{x}", Integer.toHexString(hidden.length()))
                .replace("{hidden}", hidden)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name;
    }
}
