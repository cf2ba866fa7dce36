package org.mckms.client;

import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.element.KmsAnswer;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsError;
import org.mckms.protocol.message.KmsResponse;

/**
 * POSTs to one address of a KMS and decodes what comes back (TS 33.180 annex D.1, D.3). A signature in the answer is
 * verified, and what is wrapped is unwrapped, with the keys given; whether there has to be a signature is for the caller
 * to say. Safe for use by several threads.
 */
final class KmsExchange {
    private static final String XML = "application/xml";
    /** Larger than any answer a KMS sends: a certificate has about 2 000 octets, a key set about 2 500. */
    private static final int MAX_ANSWER_OCTETS = 4 * 1024 * 1024;

    private final ServerEndpoint endpoint;
    private final HttpsExchange https;
    private final EventStream events;

    KmsExchange(ServerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.https = new HttpsExchange(endpoint);
        this.events = new EventStream(https, answer -> refusal(answer, ReceivingKeys.NONE));
    }

    /** The address of a path, see {@link ResourceTree}; this is ClientReqUrl. */
    String url(String path) {
        return endpoint.base() + path;
    }

    /** Listens as {@link EventStream#listen}. */
    Optional<String> listen(String path, String accessToken, BiConsumer<String, String> listener) {
        return events.listen(path, accessToken, listener);
    }

    /**
     * One request and its answer, which the caller closes.
     *
     * @param body may be empty
     * @param keys for the signature and the wrapped keys of the answer
     */
    <M extends KmsAnswer> ReceivedAnswer<M> post(
            String path, String accessToken, byte[] body, ReceivingKeys keys, Class<M> wanted) {
        HttpRequest request = https.request(path)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", XML)
                .header("Accept", XML)
                .POST(
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpsExchange.Answer answer = https.send(request, MAX_ANSWER_OCTETS);
        if (answer.status() != 200) {
            throw new KmsRefusedException(answer.status(), refusal(answer, keys));
        }
        return accept(answer.body(), keys, wanted);
    }

    private static <M extends KmsAnswer> ReceivedAnswer<M> accept(
            byte[] document, ReceivingKeys keys, Class<M> wanted) {
        ReceivedResponse received = decode(document, keys);
        KmsResponse response = received.response();
        Optional<KmsError> error = response.error();
        if (error.isPresent()) {
            throw new KmsRefusedException(200, refusal(error.get(), received));
        }
        if (!wanted.isInstance(response.answer())) {
            response.close();
            throw new KmsAnswerException("the answer has no " + wanted.getSimpleName());
        }
        return new ReceivedAnswer<>(received, wanted.cast(response.answer()), document);
    }

    /**
     * A response as the codec reads it; the document is wiped if that fails.
     *
     * @throws KmsAnswerException if it is no response, its signature is wrong or its keys cannot be unwrapped
     */
    static ReceivedResponse decode(byte[] document, ReceivingKeys keys) {
        try {
            return KmsResponseCodec.read(document, keys);
        } catch (KmsException e) {
            Arrays.fill(document, (byte) 0);
            throw new KmsAnswerException(fault(e.code()), "the answer is not accepted: " + e.getMessage(), e);
        } catch (MikeySakkeException e) {
            Arrays.fill(document, (byte) 0);
            throw new KmsAnswerException("the answer is not a valid KmsResponse: " + e.getMessage(), e);
        }
    }

    private static AnswerFault fault(KmsErrorCode code) {
        return switch (code) {
            case SIGNATURE_REQUIRED -> AnswerFault.WRONG_SIGNATURE;
            case TRANSPORT_KEY_REQUIRED -> AnswerFault.KEYS_NOT_UNWRAPPABLE;
            default -> AnswerFault.MALFORMED;
        };
    }

    /** What a refusal says. It needs no signature: it brings nothing that is kept, and a 401 cannot have one. */
    static KmsRefusedException.Refusal refusal(HttpsExchange.Answer answer, ReceivingKeys keys) {
        if (answer.body().length > 0) {
            try (ReceivedResponse received = KmsResponseCodec.read(answer.body(), keys)) {
                Optional<KmsError> error = received.response().error();
                if (error.isPresent()) {
                    return refusal(error.get(), received);
                }
            } catch (KmsException | MikeySakkeException e) {
                return KmsRefusedException.Refusal.ofText(
                        JsonRefusal.challenge(answer.headers()).orElse("the answer is not XML of a KMS"));
            }
        }
        return KmsRefusedException.Refusal.ofText(
                JsonRefusal.challenge(answer.headers()).orElse("no reason given"));
    }

    private static KmsRefusedException.Refusal refusal(KmsError error, ReceivedResponse received) {
        return KmsRefusedException.Refusal.of(
                error.code(), error.message(), received.signature().isPresent());
    }
}
