package org.mckms.client;

import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsCertCache;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsMessage;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;

/**
 * Asks a KMS over CSC-8, CSC-9 or CSC-10 (TS 33.180 annex D.2). Every method is one POST; what comes back is decoded but
 * not yet checked against the root certificate, see {@link ReceivedKeySetCheck}.
 *
 * <p>Every method throws {@link KmsRefusedException} when the KMS refuses, {@link KmsUnreachableException} when no answer
 * comes in time and {@link KmsAnswerException} when the answer is not one. Safe for use by several threads.
 */
public final class KeyManagementClient {
    private static final String ROOT = "/keymanagement/identity/v1";
    private static final String XML = "application/xml";
    /** Larger than any answer a KMS sends: a certificate has about 2 000 octets, a key set about 2 500. */
    private static final int MAX_ANSWER_OCTETS = 4 * 1024 * 1024;

    private static final Pattern CHALLENGE_ERROR = Pattern.compile("error=\"([^\"]*)\"");
    private static final Pattern CHALLENGE_DESCRIPTION = Pattern.compile("error_description=\"([^\"]*)\"");

    private final ServerEndpoint endpoint;
    private final HttpsExchange https;
    private final Supplier<String> accessToken;
    private final RequestStyle style;
    private final Clock clock;

    /**
     * @param accessToken gives the token for each request, without the word Bearer
     * @param clock for the Time of a KmsRequest body
     */
    public KeyManagementClient(ServerEndpoint endpoint, Supplier<String> accessToken, RequestStyle style, Clock clock) {
        this.endpoint = endpoint;
        this.https = new HttpsExchange(endpoint);
        this.accessToken = accessToken;
        this.style = style;
        this.clock = clock;
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

    private String segment(String userUri) {
        return style.uriForm() == RequestStyle.UriForm.RAW ? userUri : PathSegment.encode(userUri);
    }

    private <M extends KmsMessage> ReceivedAnswer<M> post(String resource, Class<M> wanted) {
        String path = ROOT + resource;
        HttpRequest request = https.request(path)
                .header("Authorization", "Bearer " + accessToken.get())
                .header("Content-Type", XML)
                .header("Accept", XML)
                .POST(body(endpoint.base() + path))
                .build();
        HttpsExchange.Answer answer = https.send(request, MAX_ANSWER_OCTETS);
        if (answer.status() != 200) {
            throw new KmsRefusedException(answer.status(), refusal(answer));
        }
        return accept(answer.body(), wanted);
    }

    private HttpRequest.BodyPublisher body(String clientReqUrl) {
        return style.body()
                .map(requester -> new KmsRequest(
                        requester.userUri(),
                        requester.kmsUri(),
                        clock.instant(),
                        requester.clientId(),
                        requester.deviceId(),
                        clientReqUrl,
                        Optional.empty()))
                .map(request -> HttpRequest.BodyPublishers.ofByteArray(KmsRequestCodec.encode(request)))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
    }

    private static <M extends KmsMessage> ReceivedAnswer<M> accept(byte[] document, Class<M> wanted) {
        KmsResponse response = decode(document);
        Optional<KmsError> error = response.error();
        if (error.isPresent()) {
            throw new KmsRefusedException(
                    200,
                    KmsRefusedException.Refusal.of(
                            error.get().code(), error.get().message()));
        }
        return response.message()
                .filter(wanted::isInstance)
                .map(message -> new ReceivedAnswer<>(response, wanted.cast(message), document))
                .orElseThrow(() -> new KmsAnswerException("the answer has no " + wanted.getSimpleName()));
    }

    private static KmsResponse decode(byte[] document) {
        try {
            return KmsResponseCodec.decode(document);
        } catch (KmsException | MikeySakkeException e) {
            Arrays.fill(document, (byte) 0);
            throw new KmsAnswerException("the answer is not a valid KmsResponse: " + e.getMessage(), e);
        }
    }

    private static KmsRefusedException.Refusal refusal(HttpsExchange.Answer answer) {
        if (answer.body().length > 0) {
            try {
                Optional<KmsError> error =
                        KmsResponseCodec.decode(answer.body()).error();
                if (error.isPresent()) {
                    return KmsRefusedException.Refusal.of(
                            error.get().code(), error.get().message());
                }
            } catch (KmsException | MikeySakkeException e) {
                return KmsRefusedException.Refusal.ofText(
                        fromChallenge(answer).orElse("the answer is not XML of a KMS"));
            }
        }
        return KmsRefusedException.Refusal.ofText(fromChallenge(answer).orElse("no reason given"));
    }

    private static Optional<String> fromChallenge(HttpsExchange.Answer answer) {
        return answer.headers().firstValue("WWW-Authenticate").map(challenge -> {
            Matcher error = CHALLENGE_ERROR.matcher(challenge);
            Matcher description = CHALLENGE_DESCRIPTION.matcher(challenge);
            String name = error.find() ? error.group(1) : "no valid access token";
            return description.find() ? name + ", " + description.group(1) : name;
        });
    }
}
