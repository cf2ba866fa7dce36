package org.mckms.it.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.mckms.client.KmsClient;
import org.mckms.client.RegistrationImport;
import org.mckms.client.TlsMaterial;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.cek.McServerKeys;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreKey;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.sealed.Opener;

/**
 * The MC server of a home with the client library alone: registered by two officers, with a listener on the address that the
 * settings name, which demands the certificate of the KMS. Can answer pushes as a test likes, and go down and come up again.
 */
public final class McServer implements AutoCloseable {
    /** Takes a push and acknowledges it, as it should be. */
    public static final Behaviour RECEIVING =
            (server, push) -> new Answer(200, server.keys().receive(push));

    private static final String NAME = "mcptt-server";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Kms kms;
    private final URI address;
    private final SSLContext tls;
    private final ClientKeyStore store;
    private final CekKeys ceks;
    private final KmsClient client;
    private final McServerKeys keys;
    private final List<byte[]> pushes = new CopyOnWriteArrayList<>();
    private final List<String> pushers = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = RECEIVING;
    private HttpsServer listener;
    private ExecutorService threads;

    /** What the listener does with a push. */
    @FunctionalInterface
    public interface Behaviour {
        Answer answer(McServer server, byte[] push) throws InterruptedException;
    }

    /** What it answers. */
    public record Answer(int status, byte[] body) {}

    /** Answers with a status and nothing else. */
    public static Behaviour status(int code) {
        return (server, push) -> new Answer(code, new byte[0]);
    }

    private McServer(Kms kms, ClientKeyStore store, CekKeys ceks) {
        this.kms = kms;
        this.store = store;
        this.ceks = ceks;
        this.address = URI.create(kms.home().setting("kms.server." + NAME + ".cek-url"));
        Tls.Credential listening = kms.home().server(NAME + "-listener");
        this.tls = TlsMaterial.trusting(kms.home().trust())
                .withPkcs12(listening.file(), listening.password())
                .context();
        Tls.Credential own = credential();
        this.client = KmsClient.of(store)
                .tls(TlsMaterial.trusting(kms.home().trust()).withPkcs12(own.file(), own.password()))
                .tokens(this::token)
                .clock(Clock.systemUTC())
                .build();
        this.keys = new McServerKeys(client, ceks, address.toString(), RANDOM);
    }

    /** Registers the server at a KMS whose home was made with one, has it fetch its own keys, and listens. */
    public static McServer enrolled(Kms kms) {
        Path folder = kms.home().dir().resolve("mc-server-of-test");
        byte[] file = registration(kms);
        try (StoreKey key = storeKey();
                Opener opener = Opener.passphrase(RegisteredDevice.PASSPHRASE.toCharArray());
                RegistrationImport first = RegistrationImport.open(file, opener, Optional.empty(), Instant.now())) {
            Files.createDirectories(folder);
            ClientKeyStore store = first.createStore(folder.resolve("server.keys"), key, RANDOM);
            CekKeys ceks = CekKeys.create(folder.resolve("server.ceks"), key, CekOwner.server(uri(kms)), RANDOM);
            McServer server = new McServer(kms, store, ceks);
            server.client.provision();
            server.up();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] registration(Kms kms) {
        AdminFace.object(kms.officer().post("/client-keys/request", Map.of("owner", uri(kms), "reason", "new server")));
        Map<String, String> order = new TreeMap<>(Map.of(
                "owner",
                uri(kms),
                "passphrase",
                RegisteredDevice.PASSPHRASE,
                "validFor",
                "P1D",
                "reason",
                "new server"));
        Reply file = kms.admin("officer2").post("/client-keys/approve", order);
        if (file.status() != 200) {
            throw new AssertionError("the MC server is not registered: " + file);
        }
        return file.body();
    }

    private static StoreKey storeKey() {
        byte[] octets = new byte[32];
        RANDOM.nextBytes(octets);
        try (SecretOctets secret = SecretOctets.takeFrom(octets)) {
            return StoreKey.key(secret);
        }
    }

    /** URI of the MC server of a home. */
    public static String uri(Kms kms) {
        return kms.home().setting("kms.server." + NAME + ".uri");
    }

    public String uri() {
        return uri(kms);
    }

    /** What the server shows to the KMS. */
    public Tls.Credential credential() {
        return kms.home().server(NAME);
    }

    /** A token of the server, good for five minutes. */
    public String token() {
        return kms.idm().signed(kms.idm().claims(uri()).claim("client_id", NAME).build());
    }

    public McServerKeys keys() {
        return keys;
    }

    /** TrK, InK and key sets of the server. */
    public ClientKeyStore store() {
        return store;
    }

    /** What is held of a key. */
    public Optional<CekDetails> held(Octets keyId) {
        return ceks.keys().stream().filter(key -> key.keyId().equals(keyId)).findFirst();
    }

    /** Bodies of the pushes so far, in the order in which they came. */
    public List<byte[]> pushes() {
        return List.copyOf(pushes);
    }

    /** Names in the certificates of those who pushed. */
    public List<String> pushers() {
        return List.copyOf(pushers);
    }

    /** What it does with pushes from now on. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Listens. */
    public synchronized void up() {
        try {
            listener =
                    HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demands = tls.getDefaultSSLParameters();
                demands.setNeedClientAuth(true);
                parameters.setSSLParameters(demands);
            }
        });
        threads = Executors.newCachedThreadPool();
        listener.setExecutor(threads);
        listener.createContext(address.getPath(), this::serve);
        listener.start();
    }

    /** Listens no more; what is under way is cut off. */
    public synchronized void down() {
        listener.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] push = exchange.getRequestBody().readAllBytes();
            pushers.add(((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName());
            pushes.add(push);
            Answer answer = answer(push);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever a push is refused for is an error of HTTP. */
    private Answer answer(byte[] push) throws InterruptedException {
        try {
            return behaviour.answer(this, push);
        } catch (RuntimeException e) {
            return new Answer(400, new byte[0]);
        }
    }

    @Override
    public void close() {
        down();
        ceks.close();
        store.close();
    }
}
