package org.mckms.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * One HTTPS exchange under a time limit that covers the body too, with a bound on what is read. HTTP/1.1, no
 * redirects, no cookies, no proxy discovery. Safe for use by several threads.
 */
final class HttpsExchange {
    private final ServerEndpoint endpoint;
    private final HttpClient http;

    /** An answer with its whole body. */
    record Answer(int status, HttpHeaders headers, byte[] body) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    HttpsExchange(ServerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(endpoint.limits().connect())
                .sslContext(endpoint.tls().context())
                .build();
    }

    /** A request for a path of the server, which begins with a slash and is already percent-encoded. */
    HttpRequest.Builder request(String rawPath) {
        try {
            return HttpRequest.newBuilder(URI.create(endpoint.base() + rawPath))
                    .timeout(endpoint.limits().answer());
        } catch (IllegalArgumentException e) {
            throw new KmsClientException("not a valid request path: " + rawPath, e);
        }
    }

    /** Sends and reads at most {@code maxOctets} of body; more is an error, not a cut. */
    Answer send(HttpRequest request, int maxOctets) {
        HttpResponse<byte[]> response = exchange(request, info -> new BoundedBody(maxOctets));
        return new Answer(response.statusCode(), response.headers(), response.body());
    }

    /** Sends, and leaves what to do with the body to the handler. */
    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        CompletableFuture<HttpResponse<T>> pending = http.sendAsync(request, handler);
        try {
            return pending.get(endpoint.limits().answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new KmsUnreachableException(noAnswerInTime(), e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new KmsUnreachableException("interrupted while waiting for " + endpoint.base(), e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
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
        if (cause instanceof HttpTimeoutException) {
            return new KmsUnreachableException(noAnswerInTime(), cause);
        }
        if (cause instanceof IOException) {
            return new KmsUnreachableException(
                    "connection to " + endpoint.base() + " broke: " + cause.getMessage(), cause);
        }
        return new KmsClientException("exchange with " + endpoint.base() + " failed", cause);
    }

    private String noAnswerInTime() {
        return "no answer from " + endpoint.base() + " within "
                + endpoint.limits().answer().toMillis() + " ms";
    }
}
