package org.mckms.kms.domain;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;

/**
 * Keeps the master secrets of all epochs: on the token at rest, in wiped memory for the length of a lease. Thread safe.
 *
 * <p>Errors of all methods that use the token: {@code HSM_UNAVAILABLE} if it is lost, late or busy, {@code NOT_READY} if
 * the vault is not active.
 */
public interface MasterSecretVault {

    /** What an operator may know; never waits for the token. */
    VaultStatus status();

    /**
     * Lends the masters of one epoch for the duration of {@code use}. They are wiped no earlier than {@code use} returns,
     * and no reference to them may outlive it.
     *
     * @throws org.mckms.protocol.error.KmsException {@code NOT_READY} if the vault is not active or the epoch is retired,
     *     {@code HSM_UNAVAILABLE} if the token does not answer or lacks the keys of this epoch, {@code INTERNAL} if what the token gave does not belong
     *     to the epoch's certificate
     */
    <T> T withMasterSecrets(Epoch epoch, Function<MasterSecrets, T> use);

    /**
     * Logs in with one attempt and checks that the token holds the keys it must have once there was an epoch. A token that
     * lacks a store key, or the keys of all epochs where there are several, is a lost or wrong token. One that lacks the
     * keys of single epochs only is used without these epochs: a database that was restored from before a retirement names
     * such ones, and they can be retired again. Nothing is ever made anew.
     *
     * @param pin   wiped before this method returns
     * @param known all epochs in the database
     * @throws org.mckms.protocol.error.KmsException {@code INVALID_PIN} if the token refused the PIN, {@code
     *     HSM_UNAVAILABLE} if the token is missing, foreign or incomplete, {@code CONFLICT} if the vault is active
     *     already, {@code NOT_READY} if secrets could leak from the process and an epoch is for production, or if the
     *     server stops
     */
    void activate(char[] pin, Collection<Epoch> known);

    /**
     * Hands over the epochs of the database as they are committed now. Whoever reads them anyway calls this: other nodes
     * make and retire epochs, and the keys that a token must have when it is found again follow from them. Does not call
     * the token.
     *
     * @param committed all of them, retired ones included; never one that may still be rolled back
     */
    void knownEpochs(Collection<Epoch> committed);

    /** Wipes all masters once their last user has returned them and logs out. Does nothing if inactive. */
    void deactivate(String reason);

    /**
     * Makes {@code kms.root.<epoch>} on the token and derives the public keys of the epoch. The caller holds the
     * ceremony's database lock and stores the result.
     *
     * @throws org.mckms.protocol.error.KmsException {@code CONFLICT} if the token has such a key already
     */
    Epoch createEpoch(EpochPlan plan);

    /**
     * Seals given masters under a new {@code kms.store.master.<epoch>} and makes a {@code kms.root.<epoch>} for the
     * derivation of v. Numbers that a standard prints are refused unless the plan is for development.
     *
     * @param ksak not kept; the caller closes it
     * @param zT   not kept; the caller closes it
     * @throws org.mckms.protocol.error.KmsException {@code CONFLICT} if the token has such a key already, {@code
     *     MALFORMED_REQUEST} for published numbers in a production epoch
     */
    Epoch importEpoch(EpochPlan plan, KmsSecretAuthenticationKey ksak, KmsMasterSecret zT);

    /**
     * Makes the keys every KMS token has: {@code kms.probe}, {@code kms.row}, {@code kms.store.client.1}, {@code
     * kms.store.session.1} and the three of {@code kms.sign}. A ceremony that broke off is completed: those that exist already stay. The caller holds the
     * ceremony's database lock.
     *
     * @throws org.mckms.protocol.error.KmsException {@code CONFLICT} if the token holds all of them or any other KMS key,
     *     or if the database has had an epoch, after which missing keys mean a damaged token
     */
    void createStoreKeys();

    /**
     * Makes those of {@code kms.store.client.<n>}, {@code kms.store.session.<n>}, {@code kms.sign.cert} and {@code
     * kms.sign.bundle} that a token of an older release lacks, and the next {@code kms.store.client.<n>} or {@code
     * kms.store.session.<n>} if the newest is used up. The caller holds the ceremony's database lock.
     *
     * @param inUse  labels of keys under which something in the database is sealed
     * @param usedUp labels of keys that are to seal no more
     * @return labels of the keys that were made; none if nothing was missing
     * @throws org.mckms.protocol.error.KmsException {@code HSM_UNAVAILABLE} if one of {@code inUse} is missing: the
     *     token is damaged, and none is made anew
     */
    List<String> completeKeys(Collection<String> inUse, Collection<String> usedUp);

    /**
     * Wipes the masters of an epoch and destroys its token keys, for good. Call it after the retirement is committed: an
     * active epoch without keys cannot be used. Does nothing if the keys are gone already.
     */
    void retire(EpochId epoch);

    /**
     * Counts a key set that failed its self-check; the second since the activation deactivates the vault.
     *
     * @return failures since the activation, this one included
     */
    int countSelfCheckFailure();
}
