package org.mckms.csc.token;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/**
 * A JWKS behind an https URL, checked against the trust store of the JVM, host name included. No redirects: the
 * configured URL is the one trusted.
 */
public final class HttpsJwkSetSource implements JwkSetSource {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
    private static final Duration READ_LIMIT = Duration.ofSeconds(3);
    private static final Duration TOTAL_LIMIT = Duration.ofSeconds(8);

    private final URI url;

    /**
     * Takes the URL.
     *
     * @throws IllegalArgumentException if it is not an absolute https URL
     */
    public HttpsJwkSetSource(URI url) {
        if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("not an https URL: " + url);
        }
        this.url = url;
    }

    @Override
    public String location() {
        return url.toString();
    }

    @Override
    public byte[] read() throws IOException {
        long deadline = System.nanoTime() + TOTAL_LIMIT.toNanos();
        HttpsURLConnection connection = (HttpsURLConnection) url.toURL().openConnection();
        connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        connection.setReadTimeout((int) READ_LIMIT.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
        try {
            int status = connection.getResponseCode();
            if (status != HttpsURLConnection.HTTP_OK) {
                throw new IOException("status " + status);
            }
            try (InputStream in = connection.getInputStream()) {
                return readBounded(in, deadline);
            }
        } finally {
            connection.disconnect();
        }
    }

    private static byte[] readBounded(InputStream in, long deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            all.write(chunk, 0, n);
            if (all.size() > MAX_OCTETS) {
                throw new IOException("answer is over " + MAX_OCTETS + " octets");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("answer took over " + TOTAL_LIMIT.toSeconds() + " s");
            }
        }
        return all.toByteArray();
    }

    @Override
    public Optional<String> changeMark() {
        return Optional.empty();
    }
}
