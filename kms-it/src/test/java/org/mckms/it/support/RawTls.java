package org.mckms.it.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Sends octets over TLS just as they are given, for requests that no HTTP library would send: two Authorization headers,
 * paths that are not paths, bodies without a length.
 */
public final class RawTls {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern STATUS_LINE = Pattern.compile("(?m)^HTTP/1\\.[01] (\\d{3}) ");

    private final SSLContext tls;
    private final int port;
    private final InetAddress from;

    public RawTls(SSLContext tls, int port) {
        this(tls, port, InetAddress.getLoopbackAddress());
    }

    private RawTls(SSLContext tls, int port, InetAddress from) {
        this.tls = tls;
        this.port = port;
        this.from = from;
    }

    /** The same from another address of this machine. */
    public RawTls from(InetAddress address) {
        return new RawTls(tls, port, address);
    }

    /** Opens a connection that speaks only the given protocol, for example {@code TLSv1.2}; the caller closes it. */
    public SSLSocket connect(String... protocols) throws IOException {
        SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port, from, 0);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    /**
     * Sends a ClientHello of an old protocol version (RFC 4346 clause 7.4.1.2), without extensions, and returns the first
     * record of the answer. The JDK's own client refuses to speak such versions, so it cannot show that the server does.
     *
     * @param version for example {@code 0x0302} for TLS 1.1
     */
    public byte[] answerToHello(int version) throws IOException {
        byte[] suites = HexFormat.of().parseHex("C009C00AC013C014002F0035");
        ByteBuffer hello = ByteBuffer.allocate(52 + suites.length);
        hello.put((byte) 22).putShort((short) version).putShort((short) (47 + suites.length));
        hello.put((byte) 1).put((byte) 0).putShort((short) (43 + suites.length));
        hello.putShort((short) version).put(new byte[32]).put((byte) 0);
        hello.putShort((short) suites.length).put(suites).put((byte) 1).put((byte) 0);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(hello.array());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] header = new byte[5];
            in.readFully(header);
            byte[] record = Arrays.copyOf(header, 5 + ByteBuffer.wrap(header).getShort(3));
            in.readFully(record, 5, record.length - 5);
            return record;
        }
    }

    /**
     * Sends one request and reads the answer to the end of the connection.
     *
     * @param lines request line and headers, each without line end; Host and {@code Connection: close} are added
     */
    public Reply exchange(List<String> lines, byte[] body) throws IOException {
        try (SSLSocket socket = connect()) {
            send(socket.getOutputStream(), head(lines), body);
            return answer(socket);
        }
    }

    /**
     * The head of a request, for who sends the body in pieces.
     *
     * @param lines request line and headers, each without line end; Host and {@code Connection: close} are added
     */
    public byte[] head(List<String> lines) {
        StringBuilder head = new StringBuilder();
        lines.forEach(line -> head.append(line).append("\r\n"));
        head.append("Host: localhost:").append(port).append("\r\nConnection: close\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * What came back for octets sent as they were.
     *
     * @param ended whether the other side ended the connection
     */
    public record Conversation(String text, boolean ended) {
        /** The statuses of all answers. */
        public List<Integer> statuses() {
            return STATUS_LINE
                    .matcher(text)
                    .results()
                    .map(line -> Integer.valueOf(line.group(1)))
                    .toList();
        }
    }

    /** Sends octets and reads whatever comes back until the connection ends, or nothing comes for the given time. */
    public Conversation conversation(byte[] octets, int patienceMillis) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (SSLSocket socket = connect()) {
            socket.setSoTimeout(patienceMillis);
            socket.getOutputStream().write(octets);
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(answer);
            return new Conversation(answer.toString(StandardCharsets.ISO_8859_1), true);
        } catch (SocketTimeoutException e) {
            return new Conversation(answer.toString(StandardCharsets.ISO_8859_1), false);
        } catch (SocketException e) {
            return new Conversation(answer.toString(StandardCharsets.ISO_8859_1), true);
        }
    }

    /** Reads the answer to a request that has been sent, to the end of the connection. */
    public static Reply answer(SSLSocket socket) throws IOException {
        return parse(readAll(socket.getInputStream()));
    }

    /** A server may answer and close before it has read everything: then the answer counts, not the failed write. */
    private static void send(OutputStream out, byte[] head, byte[] body) throws IOException {
        out.write(head);
        out.flush();
        try {
            out.write(body);
            out.flush();
        } catch (IOException e) {
            if (body.length == 0) {
                throw e;
            }
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        try {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                octets.write(chunk, 0, count);
            }
        } catch (IOException e) {
            if (octets.size() == 0) {
                throw e;
            }
        }
        return octets.toByteArray();
    }

    private static Reply parse(byte[] octets) {
        int end = indexOf(octets, HEAD_END);
        if (end < 0) {
            throw new AssertionError("no HTTP answer: " + new String(octets, StandardCharsets.ISO_8859_1));
        }
        String[] lines = new String(octets, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).trim());
        }
        byte[] body = Arrays.copyOfRange(octets, end + HEAD_END.length, octets.length);
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, body);
    }

    private static int indexOf(byte[] octets, byte[] sought) {
        for (int at = 0; at + sought.length <= octets.length; at++) {
            if (Arrays.equals(octets, at, at + sought.length, sought, 0, sought.length)) {
                return at;
            }
        }
        return -1;
    }
}
