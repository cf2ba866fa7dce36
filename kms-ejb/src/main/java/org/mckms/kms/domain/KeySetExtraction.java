package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mckms.kms.domain.KeySetSelfCheck.Expected;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.SakkeExtractor;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Makes key sets and checks them before anybody sees them. Thread safe.
 *
 * <p>A failed check releases and logs no value, of no key set of the batch, tells the alarm, and the second one since the
 * activation deactivates the vault.
 */
public final class KeySetExtraction {

    private final ExtractionSteps steps;
    private final KeySetSelfCheck selfCheck;
    private final MasterSecretVault vault;
    private final SelfCheckAlarm alarm;

    /**
     * @param sakke  makes and checks RSKs
     * @param vault  counts failed checks
     * @param random for blinding and checks only; no key depends on it
     */
    public KeySetExtraction(SakkeExtractor sakke, MasterSecretVault vault, SelfCheckAlarm alarm, SecureRandom random) {
        this(new ExtractionSteps(sakke, random), new KeySetSelfCheck(sakke, random), vault, alarm);
    }

    KeySetExtraction(ExtractionSteps steps, KeySetSelfCheck selfCheck, MasterSecretVault vault, SelfCheckAlarm alarm) {
        this.steps = requireNonNull(steps, "steps");
        this.selfCheck = requireNonNull(selfCheck, "selfCheck");
        this.vault = requireNonNull(vault, "vault");
        this.alarm = requireNonNull(alarm, "alarm");
    }

    /**
     * Extracts RSK, SSK and PVT (RFC 6508 clause 6.1.1, RFC 6507 clause 5.1.1) for each order.
     *
     * @param masters of {@code epoch}, inside their lease
     * @return as many key sets, in the order of the orders; to be closed by the caller
     * @throws SelfCheckFailedException if a key set did not pass
     * @throws KmsException {@code NOT_READY} if the lease of {@code masters} is over
     * @throws org.mckms.mikeysakke.InvalidValueException if a URI cannot be part of a UID
     */
    public List<IssuedKeys> issue(MasterSecrets masters, Epoch epoch, List<KeyOrder> orders) {
        List<UserIdentifier> uids = uids(epoch, orders);
        if (orders.isEmpty()) {
            return List.of();
        }
        KeyOrder faulty;
        try (KeySetBatch batch = KeySetBatch.compute(steps, masters, orders, uids)) {
            List<UserIdentifier> rebuilt = uids(epoch, orders);
            List<Expected> expected = expected(orders, rebuilt);
            if (rebuilt.equals(uids) && selfCheck.accepts(batch.candidates(), masters, epoch.kpak(), expected)) {
                return batch.release(rebuilt);
            }
            faulty = firstFaulty(batch, masters, epoch, orders, expected);
        } catch (KmsException e) {
            throw e;
        } catch (RuntimeException e) { // a fault may break any step in any way
            if (masters.isClosed()) {
                throw new KmsException(KmsErrorCode.NOT_READY, "the lease of the masters is over");
            }
            faulty = firstFaultyAlone(masters, epoch, orders);
        }
        throw failure(epoch, faulty.userUri());
    }

    /** The order whose key set fails its check alone. */
    private KeyOrder firstFaulty(
            KeySetBatch batch, MasterSecrets masters, Epoch epoch, List<KeyOrder> orders, List<Expected> expected) {
        return firstOf(
                orders,
                i -> selfCheck.accepts(
                        batch.candidates().subList(i, i + 1), masters, epoch.kpak(), expected.subList(i, i + 1)));
    }

    /** The order whose key set cannot be made and checked alone. Asked after a step broke; what is made here is wiped. */
    private KeyOrder firstFaultyAlone(MasterSecrets masters, Epoch epoch, List<KeyOrder> orders) {
        return firstOf(orders, i -> {
            List<KeyOrder> order = orders.subList(i, i + 1);
            List<UserIdentifier> uid = uids(epoch, order);
            try (KeySetBatch alone = KeySetBatch.compute(steps, masters, order, uid)) {
                return selfCheck.accepts(alone.candidates(), masters, epoch.kpak(), expected(order, uid));
            }
        });
    }

    /** The first order that is not right, or the first at all where none can be blamed alone. */
    private static KeyOrder firstOf(List<KeyOrder> orders, IntPredicate right) {
        for (int i = 0; i < orders.size() && orders.size() > 1; i++) {
            try {
                if (!right.test(i)) {
                    return orders.get(i);
                }
            } catch (RuntimeException e) { // a fault may break any step in any way
                return orders.get(i);
            }
        }
        return orders.get(0);
    }

    private static List<UserIdentifier> uids(Epoch epoch, List<KeyOrder> orders) {
        return orders.stream()
                .map(order -> UserIdentifier.format2(order.userUri(), epoch.kmsUri(), epoch.schedule(), order.period()))
                .toList();
    }

    private static List<Expected> expected(List<KeyOrder> orders, List<UserIdentifier> uids) {
        return IntStream.range(0, orders.size())
                .mapToObj(i -> new Expected(
                        orders.get(i).encoding().identityOctets(uids.get(i)),
                        orders.get(i).issue()))
                .toList();
    }

    private SelfCheckFailedException failure(Epoch epoch, String userUri) {
        int failures = vault.countSelfCheckFailure();
        SelfCheckFailedException failure = new SelfCheckFailedException(userUri);
        try {
            alarm.selfCheckFailed(epoch.id(), userUri, failures);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }
}
