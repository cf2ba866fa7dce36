package org.mckms.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection with keep-alive and as little HTTP/1.1 as the server's answers need. A general HTTP client would take a good part of the
 * machine that it shares with the server.
 */
final class KeptConnection implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String LENGTH = "content-length:";

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    KeptConnection(SSLContext tls, int port) throws IOException {
        this(tls, port, LIMIT);
    }

    /** @param limit longest wait for a part of an answer */
    KeptConnection(SSLContext tls, int port, Duration limit) throws IOException {
        socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        out = socket.getOutputStream();
    }

    /** Status and body of an answer. */
    record Answer(int status, byte[] body) {}

    Answer exchange(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        String statusLine = line();
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        int length = -1;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).trim());
            }
        }
        if (length < 0) {
            throw new IOException("an answer without Content-Length: " + statusLine);
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("an answer was cut off");
        }
        return new Answer(status, body);
    }

    private String line() throws IOException {
        byte[] line = new byte[512];
        int length = 0;
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || length == line.length) {
                throw new EOFException("the answer is no HTTP, or was cut off");
            }
            line[length++] = (byte) octet;
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
