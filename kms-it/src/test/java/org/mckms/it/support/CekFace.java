package org.mckms.it.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.NamedKey;

/** The resources of content encryption keys as a caller meets them who writes requests as it likes. */
public final class CekFace {
    /** Where all resources lie. */
    public static final String ROOT = "/keymanagement/cek/v1";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Kms kms;
    private final HttpClient http;
    private final String base;

    private CekFace(Kms kms, Optional<Tls.Credential> credential) {
        this.kms = kms;
        this.base = "https://localhost:" + kms.home().kmsPort() + ROOT;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.context(kms.home().trust(), credential))
                .connectTimeout(LIMIT)
                .build();
    }

    /** For a caller without a certificate. */
    public static CekFace anonymous(Kms kms) {
        return new CekFace(kms, Optional.empty());
    }

    /** For a caller who shows a certificate. */
    public static CekFace showing(Kms kms, Tls.Credential credential) {
        return new CekFace(kms, Optional.of(credential));
    }

    /** The URL of a resource. */
    public String url(String resource) {
        return base + resource;
    }

    /** A request to be completed: address and token are set. */
    public HttpRequest.Builder to(String resource, String token) {
        return HttpRequest.newBuilder(URI.create(url(resource)))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/xml");
    }

    public Reply send(HttpRequest.Builder request) {
        return Csc.send(http, request.build());
    }

    /** Sends without a token. */
    public Reply sendNameless(String method, String resource) {
        return Csc.send(
                http,
                HttpRequest.newBuilder(URI.create(url(resource)))
                        .timeout(LIMIT)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    public Reply post(String resource, String token, String xml) {
        return send(to(resource, token)
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(xml, StandardCharsets.UTF_8)));
    }

    /** Posts a signed request in the name of a user. */
    public Reply post(String resource, String token, String userUri, NamedKey key, RequestExtension extension) {
        return post(resource, token, signed(resource, userUri, key, extension));
    }

    /** A SignedKmsRequest. */
    public String signed(String resource, String userUri, NamedKey key, RequestExtension extension) {
        return new String(
                KmsRequestCodec.encodeSigned(request(resource, userUri, extension), key), StandardCharsets.UTF_8);
    }

    /** The same request without a signature. */
    public String unsigned(String resource, String userUri, RequestExtension extension) {
        return new String(KmsRequestCodec.encode(request(resource, userUri, extension)), StandardCharsets.UTF_8);
    }

    private KmsRequest request(String resource, String userUri, RequestExtension extension) {
        return new KmsRequest(
                        userUri,
                        kms.kmsUri(),
                        Instant.now().truncatedTo(ChronoUnit.MILLIS),
                        Optional.empty(),
                        Optional.empty(),
                        url(resource),
                        Optional.empty())
                .with(extension);
    }

    /** Path of a user. */
    public static String user(String uri) {
        return "/" + Csc.encoded(uri);
    }
}
