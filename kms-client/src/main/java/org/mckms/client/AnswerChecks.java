package org.mckms.client;

import static org.mckms.client.AnswerFault.FOR_ANOTHER_REQUEST;
import static org.mckms.client.AnswerFault.KEYS_NOT_WRAPPED;
import static org.mckms.client.AnswerFault.STALE;
import static org.mckms.client.AnswerFault.UNSIGNED;

import java.time.Duration;
import java.time.Instant;
import org.mckms.client.store.StoreOwner;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.message.KmsResponse;

/**
 * Whether a protected answer is the answer to the request that was made. The signature was verified before, under a signing
 * key of the client; here it is required, and what is signed is compared, so that nobody between client and KMS can put another signed answer in its
 * place (TS 33.180 clause D.3.1).
 */
final class AnswerChecks {
    private static final String PATH_BEGIN = "/keymanagement/";

    private final StoreOwner owner;
    private final Duration answerAge;

    AnswerChecks(StoreOwner owner, Duration answerAge) {
        this.owner = owner;
        this.answerAge = answerAge;
    }

    /**
     * Checks an answer to a signed request for {@code url}.
     *
     * @throws KmsAnswerException naming the first fault
     */
    void checkOnline(ReceivedResponse received, String url, Instant now) {
        checkProtection(received);
        KmsResponse response = received.response();
        if (!resource(response.clientReqUrl()).equals(resource(url))) {
            throw new KmsAnswerException(
                    FOR_ANOTHER_REQUEST, "the answer is one to " + response.clientReqUrl() + ", asked was " + url);
        }
        Duration apart = Duration.between(response.time(), now).abs();
        if (apart.compareTo(answerAge) > 0) {
            throw new KmsAnswerException(
                    STALE,
                    "the answer is of " + response.time() + ", more than " + answerAge.toSeconds() + " s from now");
        }
    }

    /** Checks what does not depend on a request: signature, wrapping, user and KMS. */
    void checkProtection(ReceivedResponse received) {
        if (received.signature().isEmpty()) {
            throw new KmsAnswerException(UNSIGNED, "the answer is not signed");
        }
        KmsResponse response = received.response();
        if (response.hasPrivateKeys() && !received.keysWereWrapped()) {
            throw new KmsAnswerException(KEYS_NOT_WRAPPED, "the keys in the answer are not wrapped under the TrK");
        }
        if (!response.userUri().equals(owner.userUri())) {
            throw new KmsAnswerException(
                    FOR_ANOTHER_REQUEST, "the answer is for " + response.userUri() + ", not " + owner.userUri());
        }
        if (!response.kmsUri().equals(owner.kmsUri())) {
            throw new KmsAnswerException(
                    FOR_ANOTHER_REQUEST, "the answer is of " + response.kmsUri() + ", not " + owner.kmsUri());
        }
    }

    /** The path below what all resources of a KMS have in common, unescaped; scheme and authority differ where a proxy stands between. */
    private static String resource(String url) {
        int begin = url.indexOf(PATH_BEGIN);
        return begin < 0 ? url : PathSegment.decode(url.substring(begin + PATH_BEGIN.length()));
    }
}
