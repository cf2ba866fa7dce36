package org.mckms.protocol.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * A KmsResponse (TS 33.180 clause D.3.1): a message or an error. Closing it wipes the keys in it, if any.
 *
 * @param userUri user answered
 * @param kmsUri KMS that answers
 * @param time time of the answer
 * @param kmsId name of the KMS instance
 * @param clientReqUrl the resource that was asked for
 * @param answer message or error
 * @throws InvalidValueException if a URI is empty, longer than 2048 characters or holds white space, or a text cannot
 *     travel in XML
 */
public record KmsResponse(
        String userUri, String kmsUri, Instant time, Optional<String> kmsId, String clientReqUrl, KmsAnswer answer)
        implements AutoCloseable {
    public KmsResponse {
        Checked.uri(userUri, "UserUri");
        Checked.uri(kmsUri, "KmsUri");
        Checked.time(time, "Time");
        kmsId.ifPresent(text -> Checked.text(text, "KmsId"));
        Checked.uri(clientReqUrl, "ClientReqUrl");
        Objects.requireNonNull(answer, "answer");
    }

    /** The message, unless the response is an error. */
    public Optional<KmsMessage> message() {
        return answer instanceof KmsMessage message ? Optional.of(message) : Optional.empty();
    }

    /** The error, unless the response is a message. */
    public Optional<KmsError> error() {
        return answer instanceof KmsError error ? Optional.of(error) : Optional.empty();
    }

    @Override
    public void close() {
        if (answer instanceof KmsKeyProv keyProv) {
            keyProv.close();
        } else if (answer instanceof KmsInit init) {
            init.close();
        }
    }
}
