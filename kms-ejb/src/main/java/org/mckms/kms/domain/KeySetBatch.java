package org.mckms.kms.domain;

import java.util.ArrayList;
import java.util.List;
import org.mckms.mikeysakke.DegenerateScalarException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.mikeysakke.secret.SecretScalar;

/** Key sets that are computed together, since many cost less than as many times one; not checked yet. */
final class KeySetBatch implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 256;

    private final ExtractionSteps steps;
    private final MasterSecrets masters;
    private final List<KeySetCandidate> candidates;

    private KeySetBatch(ExtractionSteps steps, MasterSecrets masters, List<KeySetCandidate> candidates) {
        this.steps = steps;
        this.masters = masters;
        this.candidates = candidates;
    }

    /**
     * Computes the keys of an order each; leaves no secret behind if a step fails.
     *
     * @param uids of the orders
     * @throws RuntimeException whatever a step throws that fails on its input
     */
    static KeySetBatch compute(
            ExtractionSteps steps, MasterSecrets masters, List<KeyOrder> orders, List<UserIdentifier> uids) {
        List<KeySetCandidate> candidates = new ArrayList<>(orders.size());
        for (int i = 0; i < orders.size(); i++) {
            KeyOrder order = orders.get(i);
            candidates.add(new KeySetCandidate(steps.identity(uids.get(i), order.encoding()), order.issue()));
        }
        KeySetBatch batch = new KeySetBatch(steps, masters, List.copyOf(candidates));
        try {
            batch.computeSigningKeys();
            batch.computeReceiverKeys();
            return batch;
        } catch (RuntimeException | Error e) {
            batch.close();
            throw e;
        }
    }

    /** In the order of the orders. */
    List<KeySetCandidate> candidates() {
        return candidates;
    }

    private void computeSigningKeys() {
        List<KeySetCandidate> pending = candidates;
        for (int attempt = 0; !pending.isEmpty(); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new DegenerateScalarException("no validation scalar in " + MAX_ATTEMPTS + " attempts was usable");
            }
            pending = attemptSigningKeys(pending, attempt);
        }
    }

    /** @return those that need another attempt */
    private List<KeySetCandidate> attemptSigningKeys(List<KeySetCandidate> pending, int attempt) {
        List<KeySetCandidate> again = new ArrayList<>();
        List<KeySetCandidate> withV = new ArrayList<>();
        try {
            for (KeySetCandidate candidate : pending) {
                (candidate.deriveV(steps, masters, attempt) ? withV : again).add(candidate);
            }
            List<PublicValidationToken> pvts =
                    steps.pvts(withV.stream().map(KeySetCandidate::v).toList());
            for (int i = 0; i < withV.size(); i++) {
                if (!withV.get(i).computeSsk(steps, masters, pvts.get(i))) {
                    again.add(withV.get(i));
                }
            }
            return again;
        } finally {
            withV.forEach(KeySetCandidate::wipeV);
        }
    }

    private void computeReceiverKeys() {
        List<Octets> identities =
                candidates.stream().map(KeySetCandidate::identity).toList();
        List<SecretScalar> inverses = steps.inverses(identities, masters.zT());
        for (int i = 0; i < inverses.size(); i++) {
            candidates.get(i).setInverse(inverses.get(i));
        }
        List<ReceiverSecretKey> rsks = steps.rsks(inverses);
        for (int i = 0; i < rsks.size(); i++) {
            candidates.get(i).setRsk(rsks.get(i));
        }
    }

    /** Hands all keys over; from now on the receiver wipes them. */
    List<IssuedKeys> release(List<UserIdentifier> uids) {
        List<IssuedKeys> issued = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            issued.add(candidates.get(i).release(uids.get(i)));
        }
        return List.copyOf(issued);
    }

    @Override
    public void close() {
        candidates.forEach(KeySetCandidate::close);
    }
}
