package org.mckms.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;

/**
 * One HTTPS exchange under a time limit that covers the body too, with a bound on what is read. HTTP/1.1, no redirects,
 * no cookies, and no proxy, whatever the Java installation is set to use. Safe for use by several threads.
 */
public final class HttpsExchange {
    private final ServerEndpoint endpoint;
    private final HttpClient http;

    /** An answer with its whole body. */
    public record Answer(int status, HttpHeaders headers, byte[] body) {
        public boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    public HttpsExchange(ServerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(endpoint.limits().connect())
                .sslContext(endpoint.tls().context())
                .build();
    }

    /** A request for a path of the server, which begins with a slash and is already percent-encoded. */
    public HttpRequest.Builder request(String rawPath) {
        try {
            return HttpRequest.newBuilder(URI.create(endpoint.base() + rawPath));
        } catch (IllegalArgumentException e) {
            throw new KmsClientException("not a valid request path: " + rawPath, e);
        }
    }

    /** Sends and reads at most {@code maxOctets} of body; more is an error, not a cut. */
    public Answer send(HttpRequest request, int maxOctets) {
        return send(request, maxOctets, endpoint.limits().answer());
    }

    /** The same with another limit for the whole exchange. */
    public Answer send(HttpRequest request, int maxOctets, Duration limit) {
        long begin = System.nanoTime();
        HttpResponse<byte[]> response = await(
                http.sendAsync(request, info -> new BoundedBody(maxOctets)),
                () -> limit.toNanos() - (System.nanoTime() - begin),
                "no answer from " + endpoint.base() + " within " + limit.toMillis() + " ms");
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /**
     * Sends, and leaves the body, which may be of any length, to the handler. The limit of an answer is here that of each
     * part of it.
     */
    public <T> HttpResponse<T> download(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        Duration limit = endpoint.limits().answer();
        IdleWatch watch = new IdleWatch(limit, System::nanoTime);
        return await(
                http.sendAsync(request, watch.watching(handler)),
                watch::nanosLeft,
                "nothing more came from " + endpoint.base() + " for " + limit.toMillis() + " ms");
    }

    private <T> HttpResponse<T> await(
            CompletableFuture<HttpResponse<T>> pending, LongSupplier nanosLeft, String whenTooLate) {
        try {
            for (long left = nanosLeft.getAsLong(); left > 0; left = nanosLeft.getAsLong()) {
                Optional<HttpResponse<T>> response = within(left, pending);
                if (response.isPresent()) {
                    return response.get();
                }
            }
            throw new KmsUnreachableException(whenTooLate);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KmsUnreachableException("interrupted while waiting for " + endpoint.base(), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            pending.cancel(true);
        }
    }

    private static <T> Optional<T> within(long nanos, CompletableFuture<T> pending)
            throws InterruptedException, ExecutionException {
        try {
            return Optional.of(pending.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        }
    }

    private KmsClientException failure(Throwable cause) {
        if (cause instanceof KmsClientException ours) {
            return ours;
        }
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof KmsAnswerException tooLarge) {
                return tooLarge;
            }
            if (inner instanceof SSLException) {
                return new KmsUnreachableException(
                        "no TLS connection to " + endpoint.base() + ": " + inner.getMessage(), cause);
            }
        }
        if (cause instanceof HttpConnectTimeoutException || cause instanceof ConnectException) {
            return new KmsUnreachableException("no connection to " + endpoint.base(), cause);
        }
        if (cause instanceof IOException) {
            return new KmsUnreachableException(
                    "connection to " + endpoint.base() + " broke: " + cause.getMessage(), cause);
        }
        return new KmsClientException("exchange with " + endpoint.base() + " failed", cause);
    }
}
