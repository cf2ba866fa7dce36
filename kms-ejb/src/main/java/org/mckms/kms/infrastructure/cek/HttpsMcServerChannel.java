package org.mckms.kms.infrastructure.cek;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.client.HttpsExchange;
import org.mckms.client.KmsClientException;
import org.mckms.client.ServerEndpoint;
import org.mckms.client.TimeLimits;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.TlsFiles;
import org.mckms.platform.tls.TlsFilesState;
import org.mckms.protocol.xml.XmlLimits;

/**
 * HTTPS to MC servers, with the certificate of this KMS; only the certificates of one file are trusted, and only under the
 * name of the address. Connections are kept from one push to the next. Addresses are the operator's, so no policy for
 * addresses of others applies. Safe for use by several threads.
 */
public final class HttpsMcServerChannel implements McServerChannel {

    /** A server that needs longer is asked again, which costs it nothing: it knows the keys by then. */
    private static final TimeLimits LIMITS = new TimeLimits(Duration.ofSeconds(5), Duration.ofSeconds(20));

    private static final int OK = 200;
    private static final String XML = "application/xml";

    private final TlsFiles files;
    private final TimeLimits limits;
    private final Map<String, Connection> connections = new ConcurrentHashMap<>();

    /** A client and the TLS files that it was made of. */
    private record Connection(TlsFilesState files, HttpsExchange https) {}

    public HttpsMcServerChannel(TlsFiles files) {
        this(files, LIMITS);
    }

    HttpsMcServerChannel(TlsFiles files, TimeLimits limits) {
        this.files = requireNonNull(files, "files");
        this.limits = requireNonNull(limits, "limits");
    }

    @Override
    public Answer post(String url, byte[] document) {
        URI address = URI.create(url);
        try {
            HttpsExchange https = connection(address);
            HttpRequest request = https.request(address.getRawPath().isEmpty() ? "/" : address.getRawPath())
                    .header("Content-Type", XML)
                    .header("Accept", XML)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                    .build();
            HttpsExchange.Answer answer = https.send(request, XmlLimits.REQUEST.octets());
            return answer.status() == OK
                    ? new Taken(Octets.copyOf(answer.body()))
                    : new Failed("the server answered " + answer.status());
        } catch (KmsClientException e) {
            return new Failed(String.valueOf(e.getMessage()));
        }
    }

    private HttpsExchange connection(URI address) {
        TlsFilesState now = TlsFilesState.of(files);
        return connections
                .compute(
                        address.getRawAuthority(),
                        (authority, held) -> held != null && held.files().equals(now) ? held : connect(authority, now))
                .https();
    }

    private Connection connect(String authority, TlsFilesState now) {
        URI base = URI.create("https://" + authority);
        return new Connection(now, new HttpsExchange(new ServerEndpoint(base, TlsFilesState.material(files), limits)));
    }
}
