package org.mckms.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Whoever is notified: an HTTPS listener on the loopback interface that notes the body of each request and then does what
 * the test tells it. Can be taken down and brought up again on its port.
 */
public final class CallbackReceiver implements AutoCloseable {
    private static final int BACKLOG = 50;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "Content-Length: ";

    private final SSLContext tls;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = status(204);
    private SSLServerSocket listener;

    /** What the receiver does once it has read a request. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    /** Answers with a status. */
    public static Behaviour status(int code) {
        return octets("HTTP/1.1 " + code + " x\r\nContent-Length: 0\r\n\r\n");
    }

    /** Answers with given octets. */
    public static Behaviour octets(String octets) {
        return out -> out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param home whose server certificate it shows */
    public CallbackReceiver(KmsHome home) {
        this.tls = context(home);
        this.port = Ports.free(1).get(0);
        up();
    }

    /** For a server that shows the certificate of the home's server. */
    static SSLContext context(KmsHome home) {
        char[] password =
                KmsHome.read(home.dir().resolve("tls/password")).trim().toCharArray();
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(new Tls.Credential(home.dir().resolve("tls/server.p12"), password).load(), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("no TLS for the receiver", e);
        }
    }

    /** An address of this receiver; each path is a destination of its own. */
    public String address(String path) {
        return "https://localhost:" + port + "/" + path;
    }

    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Bodies of the requests so far, in the order in which they came. */
    public List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** Listens again. */
    public synchronized void up() {
        try {
            listener = (SSLServerSocket) tls.getServerSocketFactory().createServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            SSLServerSocket accepting = listener;
            threads.execute(() -> accept(accepting));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Listens no more. */
    public synchronized void down() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(SSLServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) accepting.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // taken down
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            bodies.add(body(socket.getInputStream()));
            behaviour.answer(socket.getOutputStream());
        } catch (IOException e) {
            // the server has gone, as some tests want it to
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String body(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(END_OF_HEAD) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("no whole request");
            }
            head.append((char) octet);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.startsWith(LENGTH))
                .mapToInt(line -> Integer.parseInt(line.substring(LENGTH.length())))
                .findFirst()
                .orElse(0);
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        down();
        threads.shutdownNow();
    }
}
