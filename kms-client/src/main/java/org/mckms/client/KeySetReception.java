package org.mckms.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;

/**
 * Checks the key sets of an answer against the root certificates held, each against the one that it names (TS 33.180
 * clause 5.3.3). If one fails, none is accepted.
 */
final class KeySetReception {
    private final IdentityEncoding encoding;

    KeySetReception(IdentityEncoding encoding) {
        this.encoding = encoding;
    }

    /** A checked key set and its certificate; the keys belong to the answer. */
    record Accepted(KmsKeySet keys, KmsCertificate root) {
        KeySetSummary summary() {
            return KeySetSummary.of(keys, root);
        }
    }

    /** What key sets an answer may hold, under a certificate. */
    @FunctionalInterface
    interface Expected {
        KeySetExpectation of(KmsCertificate root, KmsKeySet keys);
    }

    /** For a request without a time. */
    static Expected around(Set<String> users, Instant now) {
        return (root, keys) -> KeySetExpectation.around(users, root.schedule(), now);
    }

    /** For a request that named a time. */
    static Expected containing(Set<String> users, Instant time) {
        return (root, keys) -> KeySetExpectation.containing(users, root.schedule(), time);
    }

    /** For key sets that nobody asked for by time; whether one is still of use is for the caller to say. */
    static Expected ofAnyPeriod(Set<String> users) {
        return (root, keys) -> {
            Instant begins = root.schedule().start(keys.period());
            Instant within = root.validFrom().filter(begins::isBefore).orElse(begins);
            return new KeySetExpectation(users, keys.period(), keys.period(), within);
        };
    }

    /** Whether every key set names a certificate that is held. */
    static boolean allUnder(KmsKeyProv answer, List<KmsCertificate> roots) {
        return answer.keySets().stream().allMatch(keys -> root(keys, roots).isPresent());
    }

    /**
     * The key sets of an answer, checked. One whose certificate is not held cannot be checked and is passed by: a KMS that
     * goes from one root certificate to the next serves key sets of both, and names only the newer one to a client that
     * comes then.
     *
     * @param users who needs a key set that passed
     * @throws KmsAnswerException if a key set fails a check, or a user gets none that can be checked
     */
    List<Accepted> accept(KmsKeyProv answer, List<KmsCertificate> roots, Set<String> users, Expected expected) {
        List<Accepted> accepted = new ArrayList<>();
        for (KmsKeySet keys : answer.keySets()) {
            root(keys, roots).ifPresent(root -> accepted.add(checked(keys, root, expected)));
        }
        for (String user : users) {
            if (accepted.stream().noneMatch(each -> each.keys().userUri().equals(user))) {
                throw missing(answer, user);
            }
        }
        return accepted;
    }

    private Accepted checked(KmsKeySet keys, KmsCertificate root, Expected expected) {
        KeySetReport report = new ReceivedKeySetCheck(root, encoding).check(keys, expected.of(root, keys));
        if (!report.nothingFailed()) {
            throw new KeySetRejectedException(keys.userUri(), report);
        }
        return new Accepted(keys, root);
    }

    private static KmsAnswerException missing(KmsKeyProv answer, String user) {
        return answer.keySets().stream()
                .filter(keys -> keys.userUri().equals(user))
                .findFirst()
                .map(keys -> new KmsAnswerException(
                        AnswerFault.CERTIFICATE_REJECTED,
                        "the key set of " + user + " belongs to a certificate that is not held: "
                                + keys.certUri().orElse(keys.kmsUri())))
                .orElseGet(() ->
                        new KmsAnswerException(AnswerFault.KEY_SET_MISSING, "the answer has no key set for " + user));
    }

    /** The certificate that a key set names; without a name, the newest of its KMS. */
    private static Optional<KmsCertificate> root(KmsKeySet keys, List<KmsCertificate> roots) {
        return roots.stream()
                .filter(root -> keys.certUri().isEmpty() || root.certUri().isEmpty()
                        ? root.kmsUri().equals(keys.kmsUri())
                        : root.certUri().equals(keys.certUri()))
                .findFirst();
    }
}
