package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.UNTRUSTED_PROXY;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.mckms.platform.config.CertificateFingerprint;
import org.mckms.platform.config.ProxyEntry;
import org.mckms.platform.config.ServerEntry;
import org.mckms.protocol.error.KmsException;

/**
 * Says whose connection a request came over (decision 0011).
 *
 * <p>On the direct listener a certificate is a server's or nobody's, and a request that asserts an identity is refused. On
 * the listener for proxies the certificate must be a configured proxy's; it stands for the proxy alone, which may assert
 * only the servers it is configured for. Never is one certificate both.
 */
final class SenderRecognition {

    private final List<ServerEntry> servers;
    private final List<ProxyEntry> proxies;
    private final Clock clock;

    SenderRecognition(List<ServerEntry> servers, List<ProxyEntry> proxies, Clock clock) {
        this.servers = List.copyOf(servers);
        this.proxies = List.copyOf(proxies);
        this.clock = clock;
    }

    /** @throws KmsException UNTRUSTED_PROXY if somebody acts as a proxy who may not, or may not say this */
    Sender recognise(Arrival arrival) {
        Optional<String> fingerprint = arrival.certificate().flatMap(this::fingerprint);
        Optional<ProxyEntry> proxy = fingerprint.flatMap(this::proxyOf);
        if (!arrival.onProxyListener()) {
            return direct(arrival, fingerprint, proxy);
        }
        ProxyEntry known =
                proxy.orElseThrow(() -> refused("the listener for proxies was used without a proxy's certificate"));
        return new Sender(
                asserted(arrival.asserted(), known),
                Optional.of(known.name()),
                ForwardedSource.of(arrival, known.forwards()).orElse(arrival.address()));
    }

    private Sender direct(Arrival arrival, Optional<String> fingerprint, Optional<ProxyEntry> proxy) {
        if (proxy.isPresent()) {
            throw refused("a proxy's certificate was used outside the listener for proxies");
        }
        if (!arrival.asserted().isEmpty()) {
            throw refused("X-3GPP-Asserted-Identity is taken from configured proxies only");
        }
        return new Sender(fingerprint.flatMap(this::serverOf), Optional.empty(), arrival.address());
    }

    private Optional<ServerEntry> asserted(List<String> values, ProxyEntry proxy) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw refused("proxy " + proxy.name() + " asserts more than one identity");
        }
        String uri = AssertedIdentity.uriIn(values.get(0))
                .orElseThrow(() -> refused("proxy " + proxy.name() + " asserts what is not one identity"));
        return Optional.of(servers.stream()
                .filter(server -> server.uri().equals(uri))
                .filter(server -> proxy.asserts().contains(server.name()))
                .findFirst()
                .orElseThrow(() -> refused("proxy " + proxy.name() + " asserts an identity that it may not")));
    }

    private Optional<String> fingerprint(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return Optional.empty();
        }
        return Optional.of(CertificateFingerprint.of(certificate).hex());
    }

    private Optional<ServerEntry> serverOf(String sha256) {
        return servers.stream()
                .filter(server -> server.certificateSha256().equals(sha256))
                .findFirst();
    }

    private Optional<ProxyEntry> proxyOf(String sha256) {
        return proxies.stream()
                .filter(proxy -> proxy.certificateSha256().equals(sha256))
                .findFirst();
    }

    private static KmsException refused(String why) {
        return new KmsException(UNTRUSTED_PROXY, why);
    }
}
