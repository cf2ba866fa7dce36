package org.mckms.client.cli;

import java.util.List;
import java.util.Optional;
import org.mckms.client.KeySetReport;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsResponse;

/**
 * A document under `kmsctl decode`. Closing it wipes the private keys in it, if any.
 *
 * @param response the answer as a client would take it; only if the document is one and nothing is wrong in it
 * @param reports one for each key set of it that was checked
 */
record DecodedDocument(String file, Explanation explanation, Optional<KmsResponse> response, List<KeySetReport> reports)
        implements AutoCloseable {
    DecodedDocument checked(List<KeySetReport> newReports) {
        return new DecodedDocument(file, explanation, response, newReports);
    }

    Optional<KmsInit> init() {
        return response.map(KmsResponse::answer)
                .filter(KmsInit.class::isInstance)
                .map(KmsInit.class::cast);
    }

    Optional<KmsKeyProv> keyProv() {
        return response.map(KmsResponse::answer)
                .filter(KmsKeyProv.class::isInstance)
                .map(KmsKeyProv.class::cast);
    }

    boolean hasKeySets() {
        return keyProv().filter(answer -> !answer.keySets().isEmpty()).isPresent();
    }

    @Override
    public void close() {
        response.ifPresent(KmsResponse::close);
    }
}
