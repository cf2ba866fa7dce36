package org.mckms.client.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.mckms.client.KmsClientException;
import org.mckms.client.TlsMaterial;
import org.mckms.client.store.ClientStoreException;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.error.KmsException;

/**
 * Where the stand-in of an MC server takes what the KMS pushes: HTTPS on this machine only, for clients with a certificate
 * that is trusted. For development: it has no limits on slow senders.
 */
final class McServerListener implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int WAITING_CONNECTIONS = 16;
    /** 256 keys of about 900 octets each, and the frame around them. */
    private static final int MAX_OCTETS = 1024 * 1024;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAULT = 500;
    private static final String XML = "application/xml";

    private final HttpsServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);

    /**
     * Listens from now on.
     *
     * @param address of the KMS's pushes; its host is not listened on, but the loopback interface
     * @param tls own certificate, and who may connect
     * @param receiver takes the document of a push and gives the acknowledgement; if it throws, the push is refused
     * @param refused is told why a push was refused
     */
    McServerListener(URI address, TlsMaterial tls, UnaryOperator<byte[]> receiver, Consumer<String> refused) {
        try {
            server = HttpsServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), WAITING_CONNECTIONS);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "cannot listen at " + address + ": " + e.getMessage(), "does a program listen there already?");
        }
        server.setHttpsConfigurator(new CertificateDemanded(tls.context()));
        String path = address.getPath().isEmpty() ? "/" : address.getPath();
        server.createContext(path, exchange -> handle(exchange, path, receiver, refused));
        server.setExecutor(workers);
        server.start();
    }

    private static void handle(
            HttpExchange exchange, String path, UnaryOperator<byte[]> receiver, Consumer<String> refused)
            throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")
                    || !exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(METHOD_NOT_ALLOWED, -1);
                return;
            }
            byte[] document = exchange.getRequestBody().readNBytes(MAX_OCTETS + 1);
            if (document.length > MAX_OCTETS) {
                exchange.sendResponseHeaders(TOO_LARGE, -1);
                return;
            }
            answer(exchange, document, receiver, refused);
        }
    }

    private static void answer(
            HttpExchange exchange, byte[] document, UnaryOperator<byte[]> receiver, Consumer<String> refused)
            throws IOException {
        byte[] acknowledgement;
        try {
            acknowledgement = receiver.apply(document);
        } catch (KmsClientException | KmsException | MikeySakkeException e) {
            refused.accept(e.getMessage());
            exchange.sendResponseHeaders(BAD_REQUEST, -1);
            return;
        } catch (ClientStoreException | IllegalStateException e) {
            refused.accept(e.getMessage());
            exchange.sendResponseHeaders(FAULT, -1);
            return;
        } finally {
            Arrays.fill(document, (byte) 0);
        }
        exchange.getResponseHeaders().set("Content-Type", XML);
        exchange.sendResponseHeaders(OK, acknowledgement.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(acknowledgement);
        }
    }

    /** Ends at once; a push that is under way breaks, and the KMS pushes again. */
    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    /** Lets nobody in without a certificate. */
    private static final class CertificateDemanded extends HttpsConfigurator {
        CertificateDemanded(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
        }
    }
}
