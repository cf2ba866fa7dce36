package org.mckms.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekAcknowledgement;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;

/**
 * An MC server that takes pushes: verifies, unwraps, remembers which keys there are, and signs for them. It keeps no file,
 * so that what is measured is the KMS.
 */
final class PushReceiver implements AutoCloseable {
    private static final int OK = 200;
    private static final int REFUSED = 400;

    private final URI address;
    private final String uri;
    private final String kmsUri;
    private final ClientKeys keys;
    private final SSLContext tls;
    private final Map<Octets, Long> held = new ConcurrentHashMap<>();
    private final AtomicLong pushes = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private HttpsServer listener;
    private ExecutorService thread;

    /** @param keys TrK and InK that it was registered with; taken over */
    PushReceiver(URI address, String uri, String kmsUri, ClientKeys keys, SSLContext tls) {
        this.address = address;
        this.uri = uri;
        this.kmsUri = kmsUri;
        this.keys = keys;
        this.tls = tls;
    }

    /** Listens, and demands the certificate of the KMS. */
    void up() throws IOException {
        listener = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 0);
        listener.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demands = tls.getDefaultSSLParameters();
                demands.setNeedClientAuth(true);
                parameters.setSSLParameters(demands);
            }
        });
        thread = Executors.newSingleThreadExecutor();
        listener.setExecutor(thread);
        listener.createContext("/", this::serve);
        listener.start();
    }

    /** Listens no more. */
    void down() {
        listener.stop(0);
        thread.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer = answer(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(OK, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (RuntimeException e) {
            System.err.println("the MC server refuses a push: " + e.getMessage());
            exchange.sendResponseHeaders(REFUSED, -1);
        }
    }

    private byte[] answer(byte[] push) {
        try (ReceivedResponse received = KmsResponseCodec.read(push, ReceivingKeys.of(keys))) {
            if (!(received.response().answer() instanceof CekList list)) {
                throw new IllegalArgumentException("no CekList");
            }
            list.ceks().forEach(cek -> {
                if (cek.key().isPresent()) {
                    held.put(cek.keyId(), cek.revision());
                } else {
                    held.remove(cek.keyId());
                }
            });
            pushes.incrementAndGet();
            changes.addAndGet(list.ceks().size());
            KmsRequest acknowledgement = new KmsRequest(
                            uri,
                            kmsUri,
                            Clock.systemUTC().instant(),
                            Optional.empty(),
                            Optional.empty(),
                            address.toString(),
                            Optional.empty())
                    .with(new CekAcknowledgement(list.ceks().stream()
                            .map(CekAcknowledgement.Item::stored)
                            .toList()));
            return KmsRequestCodec.encodeSigned(acknowledgement, keys.signingKey());
        }
    }

    /** Documents so far. */
    long pushes() {
        return pushes.get();
    }

    /** Changes in them. */
    long changes() {
        return changes.get();
    }

    /** Keys that it has. */
    int held() {
        return held.size();
    }

    @Override
    public void close() {
        down();
        keys.close();
    }
}
