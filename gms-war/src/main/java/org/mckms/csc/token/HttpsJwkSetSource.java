package org.mckms.csc.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A JWKS behind an https URL, checked against the trust store of the JVM, host name included. No redirects and no proxy:
 * the configured URL is the one trusted. The whole exchange, from the connection to the last octet, has one time limit.
 */
public final class HttpsJwkSetSource implements JwkSetSource {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration TOTAL_LIMIT = Duration.ofSeconds(8);
    private static final int STATUS_OK = 200;

    private final URI url;
    private final Duration totalLimit;
    private final HttpClient client;

    /**
     * Takes the URL.
     *
     * @throws IllegalArgumentException if it is not an absolute https URL
     */
    public HttpsJwkSetSource(URI url) {
        this(url, TOTAL_LIMIT, HttpClient.newBuilder());
    }

    /** As the other one, with another limit, and trusting whom the builder trusts. */
    HttpsJwkSetSource(URI url, Duration totalLimit, HttpClient.Builder trusting) {
        if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("not an https URL: " + url);
        }
        this.url = url;
        this.totalLimit = totalLimit;
        this.client = trusting.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    @Override
    public String location() {
        return url.toString();
    }

    @Override
    public byte[] read() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(totalLimit)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request,
                head -> head.statusCode() == STATUS_OK
                        ? new BoundedBody(MAX_OCTETS)
                        : HttpResponse.BodySubscribers.replacing(new byte[0]));
        try {
            HttpResponse<byte[]> whole = answer.get(totalLimit.toMillis(), TimeUnit.MILLISECONDS);
            if (whole.statusCode() != STATUS_OK) {
                throw new IOException("status " + whole.statusCode());
            }
            return whole.body();
        } catch (TimeoutException e) {
            throw new IOException("no whole answer after " + totalLimit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().toString(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public Optional<String> changeMark() {
        return Optional.empty();
    }
}
