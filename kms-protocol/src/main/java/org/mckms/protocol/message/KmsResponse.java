package org.mckms.protocol.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.element.AnswerExtension;
import org.mckms.protocol.element.Checked;
import org.mckms.protocol.element.KmsAnswer;

/**
 * A KmsResponse (TS 33.180 clause D.3.1): a message, an error, or an answer of an extension. Closing it wipes the keys in it, if any.
 *
 * @param userUri user answered
 * @param kmsUri KMS that answers
 * @param time time of the answer
 * @param kmsId name of the KMS instance
 * @param clientReqUrl the resource that was asked for
 * @param answer message, error or answer of an extension
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

    /** The message, if the answer is one. */
    public Optional<KmsMessage> message() {
        return answer instanceof KmsMessage message ? Optional.of(message) : Optional.empty();
    }

    /** The error, if the answer is one. */
    public Optional<KmsError> error() {
        return answer instanceof KmsError error ? Optional.of(error) : Optional.empty();
    }

    /** The CEKs in it: those beside key sets, or those that are the answer. */
    public Optional<CekList> ceks() {
        if (answer instanceof KmsKeyProv keyProv) {
            return keyProv.ceks();
        }
        return answer instanceof CekList list ? Optional.of(list) : Optional.empty();
    }

    /** Whether there are keys in it that nobody but the caller may know: key sets or CEKs. */
    public boolean hasPrivateKeys() {
        return answer instanceof KmsKeyProv keyProv && !keyProv.keySets().isEmpty()
                || ceks().filter(CekList::hasKeys).isPresent();
    }

    @Override
    public void close() {
        if (answer instanceof KmsKeyProv keyProv) {
            keyProv.close();
        } else if (answer instanceof KmsInit init) {
            init.close();
        } else if (answer instanceof AnswerExtension extension) {
            extension.close();
        }
    }
}
