package org.mckms.client.group;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;

/**
 * The verifiers of the KMSs met lately, each with what it remembers of its signers: a member hears the same server again
 * and again. Public values only. Safe for use by several threads.
 */
final class Verifiers {
    private static final int MAX_KMSS = 64;

    private final Map<KmsPublicAuthenticationKey, EccsiVerifier> verifiers = new LinkedHashMap<>(16, 0.75f, true);

    /** The verifier of a KMS; the one unused for longest is forgotten. */
    synchronized EccsiVerifier of(KmsPublicAuthenticationKey kpak) {
        EccsiVerifier verifier = verifiers.computeIfAbsent(kpak, EccsiVerifier::new);
        if (verifiers.size() > MAX_KMSS) {
            verifiers.remove(verifiers.keySet().iterator().next());
        }
        return verifier;
    }
}
