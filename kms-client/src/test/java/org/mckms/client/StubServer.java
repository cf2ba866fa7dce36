package org.mckms.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/** An HTTPS server on loopback that answers as the test says and keeps what it was asked. */
public final class StubServer implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Request, Reply> behaviour = request -> Reply.text(404, "text/plain", "not set up");

    private volatile Streamed streamed;

    private record Streamed(List<String> parts, Runnable pause) {}

    /**
     * @param target path and query as they were sent
     * @param client name in the certificate that the client showed
     */
    public record Request(
            String method, String target, Map<String, List<String>> headers, byte[] body, Optional<String> client) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
        }

        public String bodyText() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public record Reply(int status, Map<String, String> headers, byte[] body) {
        public static Reply xml(int status, byte[] body) {
            return new Reply(status, Map.of("Content-Type", "application/xml; charset=UTF-8"), body);
        }

        public static Reply json(int status, String body) {
            return text(status, "application/json", body);
        }

        public static Reply text(int status, String type, String body) {
            return new Reply(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    public StubServer(TestPki pki) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(pki.serverContext()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
    }

    public URI address() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    /** Sets what is answered from now on. */
    public void answers(Function<Request, Reply> newBehaviour) {
        behaviour = newBehaviour;
    }

    /** From now on sends a file in these parts, doing something before each but the first. */
    public void answersInParts(List<String> parts, Runnable pause) {
        streamed = new Streamed(List.copyOf(parts), pause);
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public Request lastRequest() {
        return requests.get(requests.size() - 1);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    exchange.getRequestBody().readAllBytes(),
                    clientName(exchange));
            requests.add(request);
            if (streamed != null) {
                stream(exchange, streamed);
                return;
            }
            Reply reply = behaviour.apply(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            if (reply.body().length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    private static void stream(HttpExchange exchange, Streamed streamed) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        Runnable before = () -> {};
        for (String part : streamed.parts()) {
            before.run();
            exchange.getResponseBody().write(part.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            before = streamed.pause();
        }
    }

    private static Optional<String> clientName(HttpExchange exchange) {
        try {
            String name = ((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName();
            return Optional.of(name.replace("CN=", ""));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }
}
