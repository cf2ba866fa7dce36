package org.mckms.client;

import java.net.http.HttpRequest;
import org.mckms.protocol.codec.ReceivingKeys;

/**
 * A GMS as seen by the GMS of a partner (TS 33.180 clause 7.3.3, CSC-16): posts the documents of a regroup, with an own
 * certificate and token. Only an answer without content is a success, so that a page of somebody in between is none. Safe
 * for use by several threads.
 */
public final class PartnerGmsClient {
    private static final String ROOT = "/groupmanagement/v1/regroups";
    private static final String XML = "application/xml";
    private static final int NO_CONTENT = 204;
    private static final int MAX_ANSWER_OCTETS = 64 * 1024;

    private final HttpsExchange https;
    private final TokenSource tokens;

    /** What is posted where. */
    public enum Resource {
        /** Keys of a temporary group. */
        NOTIFICATIONS("/notifications"),
        /** How they fare. */
        ACKNOWLEDGEMENTS("/acknowledgements"),
        /** The wish for new keys. */
        REKEY_REQUESTS("/rekey-requests"),
        /** The end of a regroup. */
        TEARDOWNS("/teardowns");

        private final String path;

        Resource(String path) {
            this.path = path;
        }

        /** Raw path below the host, percent-encoded. */
        public String path() {
            return ROOT + path;
        }
    }

    /**
     * @param endpoint with the own certificate, without which no partner answers
     * @throws ClientSetupException if there is none
     */
    public PartnerGmsClient(ServerEndpoint endpoint, TokenSource tokens) {
        if (!endpoint.tls().hasOwnCertificate()) {
            throw new ClientSetupException("a GMS shows its own certificate to " + endpoint.base());
        }
        this.https = new HttpsExchange(endpoint);
        this.tokens = tokens;
    }

    /**
     * Posts one document. With a token that was refused it is tried once more if there is another.
     *
     * @throws KmsUnreachableException if no answer came in time
     * @throws KmsRefusedException     if the partner refused it
     * @throws KmsAnswerException      if what came is no answer of a GMS
     */
    public void post(Resource resource, byte[] document) {
        String token = tokens.accessToken();
        try {
            post(resource, document, token);
        } catch (KmsRefusedException e) {
            if (!e.tokenRefused()) {
                throw e;
            }
            tokens.refused(token);
            String other = tokens.accessToken();
            if (other.equals(token)) {
                throw e;
            }
            post(resource, document, other);
        }
    }

    private void post(Resource resource, byte[] document, String token) {
        HttpRequest request = https.request(resource.path())
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", XML)
                .header("Accept", XML)
                .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                .build();
        HttpsExchange.Answer answer = https.send(request, MAX_ANSWER_OCTETS);
        if (answer.status() == NO_CONTENT) {
            return;
        }
        if (answer.status() < 400) {
            throw new KmsAnswerException("HTTP status " + answer.status() + " is none that a GMS answers with");
        }
        throw new KmsRefusedException(answer.status(), KmsExchange.refusal(answer, ReceivingKeys.NONE));
    }
}
