package org.mckms.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/**
 * A KMS behind real proxies: HAProxy as its home proxy, and nginx as the proxy of another network before HAProxy. Both run
 * with the configurations of the documentation.
 */
public final class ProxiedKms implements AutoCloseable {
    private static final List<String> SERVERS = List.of("gms", "mcptt-server");

    private final Kms kms;
    private final int homePort;
    private final int networkPort;
    private final Path folder;
    private final ReverseProxy haproxy;
    private final ReverseProxy nginx;

    private ProxiedKms(Kms kms, List<Integer> ports) {
        this.kms = kms;
        this.homePort = ports.get(0);
        this.networkPort = ports.get(2);
        this.folder = kms.home().dir().resolve("proxies");
        layOut();
        this.haproxy = ReverseProxy.haproxy(folder, haproxyPlaces(ports), ports.get(0), ports.get(1));
        this.nginx = startNginx(ports);
    }

    private ReverseProxy startNginx(List<Integer> ports) {
        try {
            return ReverseProxy.nginx(folder, nginxPlaces(ports), ports.get(2));
        } catch (RuntimeException | AssertionError e) {
            haproxy.close();
            throw e;
        }
    }

    /** Starts all three with a first epoch; requests of all kinds of clients have to be signed only behind a proxy. */
    public static ProxiedKms start(String name) {
        KmsHome home = KmsHome.make(name);
        List<Integer> ports = Ports.free(3);
        home.set(Map.of(
                "kms.audit.checkpoint-interval",
                "PT1S",
                "kms.base-urls",
                "https://localhost:" + home.kmsPort() + " https://localhost:" + ports.get(0) + " https://localhost:"
                        + ports.get(2),
                "kms.proxy.home.certificate-sha256",
                ReverseProxy.sha256(home.proxy("proxy")),
                "kms.proxy.home.asserts",
                String.join(" ", SERVERS),
                "kms.proxy.home.forwards",
                "x-forwarded-for",
                "kms.discovery",
                "on",
                "kms.proxy.silent.certificate-sha256",
                ReverseProxy.sha256(home.proxy("proxy2"))));
        Kms kms = Kms.start(home, Map.of("origin", "derived"));
        try {
            return new ProxiedKms(kms, ports);
        } catch (RuntimeException | AssertionError e) {
            kms.close();
            throw e;
        }
    }

    private void layOut() {
        KmsHome home = kms.home();
        try {
            Files.createDirectories(folder);
            ReverseProxy.writePem(home.proxyFront(), folder.resolve("front.pem"));
            ReverseProxy.writePem(home.proxy("proxy"), folder.resolve("proxy.pem"));
            ReverseProxy.writePem(home.proxy("proxy2"), folder.resolve("proxy2.pem"));
            StringBuilder servers = new StringBuilder();
            StringBuilder networks = new StringBuilder();
            for (String server : SERVERS) {
                String uri = home.setting("kms.server." + server + ".uri");
                servers.append(ReverseProxy.sha256(home.server(server)))
                        .append(' ')
                        .append(uri)
                        .append('\n');
                networks.append(ReverseProxy.sha256(home.proxy("proxy2")))
                        .append('/')
                        .append(uri)
                        .append(' ')
                        .append(uri)
                        .append('\n');
            }
            Files.writeString(folder.resolve("servers.map"), servers);
            Files.writeString(folder.resolve("networks.map"), networks);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out " + folder, e);
        }
    }

    private Map<String, String> haproxyPlaces(List<Integer> ports) {
        Map<String, String> places = new TreeMap<>(Comparator.reverseOrder());
        places.put("/etc/kms-proxy/servers-ca.pem", authority("servers"));
        places.put("/etc/kms-proxy/networks-ca.pem", authority("proxies"));
        places.put("/etc/kms-proxy/kms-ca.pem", kms.home().trust().toString());
        places.put("/etc/kms-proxy/", folder + "/");
        places.put("0.0.0.0:443", "127.0.0.1:" + ports.get(0));
        places.put("0.0.0.0:8445", "127.0.0.1:" + ports.get(1));
        places.put("kms.internal.example:8444", "127.0.0.1:" + kms.home().proxyPort());
        places.put("verifyhost kms.internal.example", "verifyhost localhost");
        return places;
    }

    private Map<String, String> nginxPlaces(List<Integer> ports) {
        Map<String, String> places = new TreeMap<>(Comparator.reverseOrder());
        places.put("/etc/kms-proxy/servers-ca.pem", authority("servers"));
        places.put("/etc/kms-proxy/home-ca.pem", kms.home().trust().toString());
        places.put("/etc/kms-proxy/front.key", folder.resolve("front.pem").toString());
        places.put("/etc/kms-proxy/proxy.pem", folder.resolve("proxy2.pem").toString());
        places.put("/etc/kms-proxy/proxy.key", folder.resolve("proxy2.pem").toString());
        places.put("/etc/kms-proxy/front.pem", folder.resolve("front.pem").toString());
        places.put("0.0.0.0:443", "127.0.0.1:" + ports.get(2));
        places.put("home-proxy.example:8445", "127.0.0.1:" + ports.get(1));
        places.put("proxy_ssl_name home-proxy.example", "proxy_ssl_name localhost");
        return places;
    }

    private String authority(String name) {
        return kms.home().dir().resolve("tls/authorities/" + name + ".pem").toString();
    }

    public Kms kms() {
        return kms;
    }

    /** How a client reaches the server. */
    public enum Way {
        /** Through its home proxy. */
        HOME,
        /** Through the proxy of another network and then the home proxy. */
        NETWORKS
    }

    /** The KMS through proxies, for a client with or without a certificate. */
    public Csc through(Way way, Optional<Tls.Credential> credential) {
        return way == Way.HOME ? throughHome(credential) : throughNetworks(credential);
    }

    /** The KMS through its home proxy, for a client with or without a certificate. */
    public Csc throughHome(Optional<Tls.Credential> credential) {
        return new Csc(context(credential), homePort);
    }

    /** The KMS through the proxy of another network and then the home proxy. */
    public Csc throughNetworks(Optional<Tls.Credential> credential) {
        return new Csc(context(credential), networkPort);
    }

    /** The listener for proxies itself, as a proxy reaches it. */
    public Csc asProxy(Tls.Credential credential) {
        return new Csc(context(Optional.of(credential)), kms.home().proxyPort());
    }

    private SSLContext context(Optional<Tls.Credential> credential) {
        return Tls.context(kms.home().trust(), credential);
    }

    @Override
    public void close() {
        nginx.close();
        haproxy.close();
        kms.close();
    }
}
