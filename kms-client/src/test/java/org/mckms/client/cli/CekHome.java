package org.mckms.client.cli;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.mckms.client.StubServer;
import org.mckms.client.TestPki;
import org.mckms.client.TestSigner;
import org.mckms.client.TlsMaterial;

/** A home with an MC server, and a KMS on loopback that gives it content encryption keys. */
final class CekHome implements AutoCloseable {
    private final Path home;
    private final StubServer server;
    private final DemoCeks ceks;

    CekHome(Path home, TestPki pki) throws Exception {
        this.home = home;
        server = new StubServer(pki);
        TestHome.make(home, pki, server.address(), server.address());
        pki.writePkcs12(home.resolve("tls/push.p12"), "kms");
        pki.writePkcs12(home.resolve("tls/servers/mcptt-server-listener.p12"), "localhost");
        URI address = URI.create("https://localhost:" + freePort() + "/cek");
        Files.write(
                home.resolve("kms.properties"),
                List.of("", "kms.cek.server=mcptt-server", "kms.server.mcptt-server.cek-url=" + address),
                StandardOpenOption.APPEND);
        DemoKms kms = new DemoKms(new FakeKms(home.resolve("idm/jwks.json")), TestSigner.of(pki));
        kms.reachedAt(server.address());
        ceks = kms.givingCeks(
                address,
                TlsMaterial.trusting(home.resolve("tls/ca.pem"))
                        .withPkcs12(home.resolve("tls/push.p12"), TestPki.PASSWORD.toCharArray()));
        server.answers(kms);
    }

    DemoCeks ceks() {
        return ceks;
    }

    Cli.Result run(String... arguments) {
        return Cli.in(home).run(arguments);
    }

    /** The same with lines that a person types. */
    Cli.Result runTyping(String lines, String... arguments) {
        return Cli.in(home).typing(lines).run(arguments);
    }

    Path file(String name) {
        return home.resolve(name);
    }

    @Override
    public void close() {
        server.close();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
