package org.mckms.it.support;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTPS server of a member on the loopback address, with a certificate of the home's authority. */
public final class MemberReceiver implements AutoCloseable {
    private final HttpsServer server;
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(204);

    /** What was posted; whose keys they are says the header field. */
    public record Posted(String groupUri, String mediaType, byte[] body) {}

    private MemberReceiver(HttpsServer server) {
        this.server = server;
    }

    /** Starts one on a free port. */
    public static MemberReceiver start(KmsHome home) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(CallbackReceiver.context(home)));
            MemberReceiver receiver = new MemberReceiver(server);
            server.createContext("/keys", exchange -> {
                receiver.posted.add(new Posted(
                        exchange.getRequestHeaders().getFirst("Group-URI"),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(receiver.status.get(), -1);
                exchange.close();
            });
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it answers from now on. */
    public void answer(int code) {
        status.set(code);
    }

    /** Its address for notifications. */
    public String address() {
        return "https://localhost:" + server.getAddress().getPort() + "/keys";
    }

    public List<Posted> posted() {
        return posted;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
