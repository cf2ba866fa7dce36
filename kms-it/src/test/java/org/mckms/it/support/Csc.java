package org.mckms.it.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A key management client's view of the KMS: the resources of TS 33.180 annex D.2 over HTTPS. */
public final class Csc {
    /** Where all resources lie (annex D.2.1). */
    public static final String ROOT = "/keymanagement/identity/v1";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SSLContext tls;
    private final HttpClient http;
    private final String base;
    private final int port;

    public Csc(SSLContext tls, int port) {
        this.tls = tls;
        this.port = port;
        this.base = "https://localhost:" + port + ROOT;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(LIMIT)
                .build();
    }

    /** The URL of a resource, as a client writes it into ClientReqUrl. */
    public String url(String resource) {
        return base + resource;
    }

    /** The same server for requests that no HTTP library would send. */
    public RawTls raw() {
        return new RawTls(tls, port);
    }

    /** Posts an empty body with a token, as the simplest client does. */
    public Reply post(String resource, String token) {
        return send(with(token, resource)
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    /** Posts a request body with a token. */
    public Reply post(String resource, String token, String xml) {
        return send(with(token, resource)
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(xml, StandardCharsets.UTF_8))
                .build());
    }

    /** A request to be completed by the caller: the token and Accept are set. */
    public HttpRequest.Builder with(String token, String resource) {
        return to(resource).header("Authorization", "Bearer " + token).header("Accept", "application/xml");
    }

    /** A request to be completed by the caller: nothing but the address is set. */
    public HttpRequest.Builder to(String resource) {
        return HttpRequest.newBuilder(URI.create(url(resource))).timeout(LIMIT);
    }

    public Reply send(HttpRequest request) {
        return send(http, request);
    }

    static Reply send(HttpClient http, HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers().map(), response.body());
        } catch (IOException e) {
            throw new AssertionError(request.method() + " " + request.uri() + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The body of a request (annex D.2.2) with its mandatory elements. */
    public static String requestBody(String userUri, String kmsUri, String time, String requestUrl) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><KmsRequest xmlns=\"" + Reply.NAMESPACE
                + "\" Id=\"xmldoc\" Version=\"1.1.0\"><UserUri>" + userUri + "</UserUri><KmsUri>" + kmsUri
                + "</KmsUri><Time>" + time + "</Time><ClientReqUrl>" + requestUrl + "</ClientReqUrl></KmsRequest>";
    }

    /** Percent-encodes every octet that is not unreserved (RFC 3986 clause 2.3). */
    public static String encoded(String uri) {
        StringBuilder out = new StringBuilder();
        for (byte octet : uri.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }

    /** The client with no certificate of its own. */
    public static Csc anonymous(KmsHome home) {
        return new Csc(Tls.context(home.trust(), Optional.empty()), home.kmsPort());
    }
}
