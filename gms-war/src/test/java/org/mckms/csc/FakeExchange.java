package org.mckms.csc;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request and its response without a container; a method of the servlet API that is not played here fails. */
public final class FakeExchange {

    public String method = "POST";
    public String path = CscPath.ROOT + "/init";
    public String query;
    public int localPort = 8443;
    public InputStream body = new ByteArrayInputStream(new byte[0]);
    public long announcedLength = -1;
    public int status;
    public final Map<String, String> answered = new HashMap<>();
    public final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();

    public FakeExchange header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .add(value);
        return this;
    }

    /** Forgets the header fields of the request and the answer. */
    public FakeExchange clear() {
        headers.clear();
        answered.clear();
        written.reset();
        status = 0;
        return this;
    }

    public FakeExchange attribute(String name, Object value) {
        attributes.put(name, value);
        return this;
    }

    public FakeExchange body(String contentType, byte[] octets) {
        body = new ByteArrayInputStream(octets);
        return header("Content-Type", contentType);
    }

    public String answer() {
        return written.toString(StandardCharsets.UTF_8);
    }

    public HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (name, args) -> switch (name) {
            case "getMethod" -> method;
            case "getRequestURI" -> path;
            case "getQueryString" -> query;
            case "getRemoteAddr" -> "192.0.2.1";
            case "getLocalPort" -> localPort;
            case "getContentLengthLong" -> announcedLength;
            case "getInputStream" -> inputStream();
            case "getHeader" -> values(args[0]).stream().findFirst().orElse(null);
            case "getHeaders" -> Collections.enumeration(values(args[0]));
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    public HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, args) -> {
            switch (name) {
                case "setStatus" -> status = (Integer) args[0];
                case "setHeader" -> answered.put((String) args[0], (String) args[1]);
                case "setContentType" -> answered.put("Content-Type", (String) args[0]);
                case "setContentLength" -> answered.put("Content-Length", args[0].toString());
                case "flushBuffer" -> written.flush();
                case "getOutputStream" -> {
                    return outputStream();
                }
                default -> throw new UnsupportedOperationException(name);
            }
            return null;
        });
    }

    private List<String> values(Object name) {
        return headers.getOrDefault(((String) name).toLowerCase(Locale.ROOT), List.of());
    }

    private interface Play {
        Object call(String method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Play play) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, args) -> play.call(called.getName(), args)));
    }

    private ServletInputStream inputStream() {
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return body.read();
            }

            @Override
            public int read(byte[] octets, int offset, int length) throws IOException {
                return body.read(octets, offset, length);
            }

            @Override
            public boolean isFinished() {
                return false;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private ServletOutputStream outputStream() {
        return new ServletOutputStream() {
            @Override
            public void write(int octet) {
                written.write(octet);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
