package org.mckms.kms.domain;

import java.security.SecureRandom;
import java.util.Objects;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.IdentityEncoding;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Makes the key set of one user for one period and checks it before anybody sees it. Thread safe.
 *
 * <p>A failed check releases and logs no value, tells the alarm, and the second one since the activation deactivates the
 * vault.
 */
public final class KeySetExtraction {

    private final ExtractionSteps steps;
    private final KeySetSelfCheck selfCheck;
    private final MasterSecretVault vault;
    private final SelfCheckAlarm alarm;

    /**
     * @param vault  counts failed checks
     * @param random for the check of the RSK only; no key depends on it
     */
    public KeySetExtraction(MasterSecretVault vault, SelfCheckAlarm alarm, SecureRandom random) {
        this(new ExtractionSteps(), vault, alarm, random);
    }

    KeySetExtraction(ExtractionSteps steps, MasterSecretVault vault, SelfCheckAlarm alarm, SecureRandom random) {
        this.steps = Objects.requireNonNull(steps, "steps");
        this.vault = Objects.requireNonNull(vault, "vault");
        this.alarm = Objects.requireNonNull(alarm, "alarm");
        this.selfCheck = new KeySetSelfCheck(Objects.requireNonNull(random, "random"));
    }

    /**
     * Extracts RSK, SSK and PVT (RFC 6508 clause 6.1.1, RFC 6507 clause 5.1.1). The same arguments give the same keys.
     *
     * @param masters  of {@code epoch}, inside their lease
     * @param userUri  octet by octet as it was registered
     * @param encoding what ECCSI and SAKKE take as the identity
     * @param issue    counts forced re-issues of this user in this epoch; 0 at first
     * @return to be closed by the caller
     * @throws KmsException {@code SELF_CHECK_FAILED}; {@code NOT_READY} if the lease of {@code masters} is over
     * @throws org.mckms.mikeysakke.InvalidValueException if the URI cannot be part of a UID
     * @throws IllegalArgumentException if {@code issue} is negative
     */
    public IssuedKeys issue(
            MasterSecrets masters,
            Epoch epoch,
            String userUri,
            KeyPeriod period,
            IdentityEncoding encoding,
            int issue) {
        if (issue < 0) {
            throw new IllegalArgumentException("issue is negative: " + issue);
        }
        UserIdentifier uid = uid(epoch, userUri, period);
        try (KeySetCandidate candidate =
                KeySetCandidate.compute(steps, masters, steps.identity(uid, encoding), issue)) {
            UserIdentifier rebuilt = uid(epoch, userUri, period);
            Octets identity = encoding.identityOctets(rebuilt);
            if (rebuilt.equals(uid) && selfCheck.accepts(candidate, masters, epoch, identity, issue)) {
                return candidate.release(rebuilt);
            }
        } catch (KmsException e) {
            throw e;
        } catch (RuntimeException e) { // a fault may break any step in any way
            if (masters.isClosed()) {
                throw new KmsException(KmsErrorCode.NOT_READY, "the lease of the masters is over");
            }
            throw failure(epoch, userUri);
        }
        throw failure(epoch, userUri);
    }

    private static UserIdentifier uid(Epoch epoch, String userUri, KeyPeriod period) {
        return UserIdentifier.format2(userUri, epoch.kmsUri(), epoch.schedule(), period);
    }

    /** Built without the cause: an exception of the library could name a value. */
    private KmsException failure(Epoch epoch, String userUri) {
        int failures = vault.countSelfCheckFailure();
        try {
            alarm.selfCheckFailed(epoch.id(), userUri, failures);
        } catch (RuntimeException e) {
            KmsException untold = selfCheckFailed(userUri);
            untold.addSuppressed(e);
            return untold;
        }
        return selfCheckFailed(userUri);
    }

    private static KmsException selfCheckFailed(String userUri) {
        return new KmsException(
                KmsErrorCode.SELF_CHECK_FAILED,
                "the keys made for " + userUri + " failed their self-check; nothing was released");
    }
}
