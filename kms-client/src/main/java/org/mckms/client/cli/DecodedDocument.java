package org.mckms.client.cli;

import java.util.List;
import java.util.Optional;
import org.mckms.client.KeySetReport;
import org.mckms.client.cli.explain.Explanation;
import org.mckms.protocol.message.KmsInit;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/**
 * A document under `kmsctl decode`. Closing it wipes the private keys in it, if any.
 *
 * @param verified what the keys given have shown to hold
 * @param responses the answers as a client would take them, two of a bundle; none if something is wrong or a key missing
 * @param reports one for each key set of it that was checked
 */
record DecodedDocument(
        String file,
        Explanation explanation,
        List<String> verified,
        List<KmsResponse> responses,
        List<KeySetReport> reports)
        implements AutoCloseable {
    /** A document of which nothing but the explanation is there. */
    static DecodedDocument of(String file, Explanation explanation) {
        return new DecodedDocument(file, explanation, List.of(), List.of(), List.of());
    }

    DecodedDocument verified(List<String> what, List<KmsResponse> newResponses) {
        return new DecodedDocument(file, explanation, List.copyOf(what), List.copyOf(newResponses), reports);
    }

    DecodedDocument checked(List<KeySetReport> newReports) {
        return new DecodedDocument(file, explanation, verified, responses, newReports);
    }

    Optional<KmsInit> init() {
        return responses.stream()
                .map(KmsResponse::answer)
                .filter(KmsInit.class::isInstance)
                .map(KmsInit.class::cast)
                .findFirst();
    }

    /** The answer with key sets, if it is one. */
    Optional<KmsResponse> provisioned() {
        return responses.stream()
                .filter(response -> response.answer() instanceof KmsKeyProv)
                .findFirst();
    }

    List<KmsKeySet> keySets() {
        return provisioned()
                .map(response -> ((KmsKeyProv) response.answer()).keySets())
                .orElse(List.of());
    }

    /** Whether there are key sets in the document, readable or not. */
    boolean hasKeySets() {
        return explanation.lines().stream().anyMatch(line -> line.name().matches("KmsKeySet(\\[\\d+])?"));
    }

    @Override
    public void close() {
        responses.forEach(KmsResponse::close);
    }
}
