package org.mckms.client;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsLookup;
import org.mckms.protocol.message.KmsMessage;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.security.ClientKeys;

/**
 * Asks a KMS over CSC-8, CSC-9 or CSC-10 (TS 33.180 annex D.2). Every method is one POST; what comes back is decoded but
 * not yet checked against the root certificate, see {@link ReceivedKeySetCheck}.
 *
 * <p>Every method throws {@link KmsRefusedException} when the KMS refuses, {@link KmsUnreachableException} when no answer
 * comes in time and {@link KmsAnswerException} when the answer is not one. Safe for use by several threads.
 */
public final class KeyManagementClient {
    private final KmsExchange exchange;
    private final Supplier<String> accessToken;
    private final RequestStyle style;
    private final RequestTimes times;
    private final Supplier<Optional<ClientKeys>> keys;

    /**
     * A client whose requests are not signed.
     *
     * @param accessToken gives the token for each request, without the word Bearer
     * @param clock for the Time of a KmsRequest body
     */
    public KeyManagementClient(ServerEndpoint endpoint, Supplier<String> accessToken, RequestStyle style, Clock clock) {
        this(new KmsExchange(endpoint), accessToken, style, new RequestTimes(clock), Optional::empty);
    }

    private KeyManagementClient(
            KmsExchange exchange,
            Supplier<String> accessToken,
            RequestStyle style,
            RequestTimes times,
            Supplier<Optional<ClientKeys>> keys) {
        this.exchange = exchange;
        this.accessToken = accessToken;
        this.style = style;
        this.times = times;
        this.keys = keys;
    }

    /**
     * The same client with signed requests, for a style with a body. Answers are verified and unwrapped with the same
     * keys; whether an unsigned answer is taken is for the caller to decide by {@link ReceivedAnswer#signedBy()}.
     *
     * @param clientKeys gives TrK and InK for each request, closed here after it; nothing for an unsigned request
     */
    public KeyManagementClient signedWith(Supplier<Optional<ClientKeys>> clientKeys) {
        if (style.body().isEmpty()) {
            throw new ClientSetupException("a signed request has a body: name the requester");
        }
        return new KeyManagementClient(exchange, accessToken, style, times, clientKeys);
    }

    /** KMS Initialize: the root certificate of this KMS. */
    public ReceivedAnswer<KmsInit> init() {
        return post("/init", KmsInit.class);
    }

    /** KMS KeyProvision for the identities of the access token, current key period. */
    public ReceivedAnswer<KmsKeyProv> keyProvision() {
        return post("/keyprov", KmsKeyProv.class);
    }

    /** KMS KeyProvision for one identity, current key period. */
    public ReceivedAnswer<KmsKeyProv> keyProvision(String userUri) {
        return post("/keyprov/" + segment(userUri), KmsKeyProv.class);
    }

    /** KMS KeyProvision for one identity and the key period that contains {@code time}. */
    public ReceivedAnswer<KmsKeyProv> keyProvision(String userUri, NtpTimestamp time) {
        return post("/keyprov/" + segment(userUri) + "/" + time.toHex(), KmsKeyProv.class);
    }

    /** KMS CertCache: all external certificates. */
    public ReceivedAnswer<KmsCertCache> certCache() {
        return post("/certcache", KmsCertCache.class);
    }

    /** KMS CertCache: the external certificates newer than the cache the client holds. */
    public ReceivedAnswer<KmsCertCache> certCache(long cacheNum) {
        return post("/certcache/" + cacheNum, KmsCertCache.class);
    }

    /** KMS Cert: the certificate of another KMS (TS 33.180 clause D.2.6). */
    public ReceivedAnswer<KmsCertCache> certificate(String kmsUri) {
        return post("/cert/" + segment(kmsUri), KmsCertCache.class);
    }

    /** KMS Discovery Lookup: which KMSs a user belongs to (TS 33.180 clause D.2.7). */
    public ReceivedAnswer<KmsLookup> lookup(String userUri) {
        return post("/lookup/" + segment(userUri), KmsLookup.class);
    }

    private String segment(String userUri) {
        return style.uriForm() == RequestStyle.UriForm.RAW ? userUri : PathSegment.encode(userUri);
    }

    private <M extends KmsMessage> ReceivedAnswer<M> post(String resource, Class<M> wanted) {
        String path = ResourceTree.IDENTITY.path(resource);
        Optional<ClientKeys> held = keys.get();
        try {
            byte[] body = style.body()
                    .map(requester -> body(requester, exchange.url(path), held))
                    .orElseGet(() -> new byte[0]);
            return exchange.post(path, accessToken.get(), body, KnownKeys.of(held), wanted);
        } finally {
            held.ifPresent(ClientKeys::close);
        }
    }

    private byte[] body(RequestStyle.Requester requester, String clientReqUrl, Optional<ClientKeys> held) {
        KmsRequest request = new KmsRequest(
                requester.userUri(),
                requester.kmsUri(),
                times.next(),
                requester.clientId(),
                requester.deviceId(),
                clientReqUrl,
                Optional.empty());
        return held.map(client -> KmsRequestCodec.encodeSigned(request, client.signingKey()))
                .orElseGet(() -> KmsRequestCodec.encode(request));
    }
}
