package org.mckms.platform;

import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/**
 * Every log message of the server core, each with a number that never changes its meaning. No secrets, and no personal
 * data at INFO.
 */
@MessageLogger(projectCode = "KMS", length = 6)
@ValidIdRange(min = 1, max = 399)
public interface KmsLog extends BasicLogger {

    KmsLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), KmsLog.class, "org.mckms");

    @LogMessage(level = Level.INFO)
    @Message(id = 1, value = "KMS %s starts on node %s, profile %s")
    void starting(String kmsUri, String node, String profile);

    @LogMessage(level = Level.WARN)
    @Message(
            id = 2,
            value = "DEVELOPMENT PROFILE: development issuers and published master secrets are accepted."
                    + " Do not serve real users with this server.")
    void developmentProfile();

    @LogMessage(level = Level.WARN)
    @Message(id = 3, value = "Token issuer %s is the development issuer: whoever holds its key is any user")
    void developmentIssuer(String name);

    @LogMessage(level = Level.WARN)
    @Message(id = 4, value = "Private keys are sent without a transport key (kms.plain-keys): only TLS hides them")
    void plainKeysAllowed();

    @LogMessage(level = Level.WARN)
    @Message(id = 5, value = "Token issuer %s accepts tokens without %s")
    void lenientIssuer(String name, String claims);

    @LogMessage(level = Level.INFO)
    @Message(id = 6, value = "KMS on node %s has stopped")
    void stopped(String node);

    @LogMessage(level = Level.INFO)
    @Message(id = 7, value = "Token %s at slot list index %s; epochs on it: %s; current epoch: %s")
    void tokenInUse(String label, long slot, String epochs, String current);

    @LogMessage(level = Level.WARN)
    @Message(id = 8, value = "The vault is not active (%s); an operator can activate it (kmsctl activate)")
    void vaultInactive(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 9, value = "The token is lost: %s. No keys are issued until it is back")
    void vaultLost(String detail);

    @LogMessage(level = Level.INFO)
    @Message(id = 10, value = "The token is back: %s")
    void vaultRecovered(String detail);

    @LogMessage(level = Level.ERROR)
    @Message(id = 11, value = "The vault deactivated itself: %s")
    void vaultDeactivated(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 12, value = "Masters of epoch %s do not belong to its certificate: %s")
    void mastersRefused(String epoch, String detail);

    @LogMessage(level = Level.WARN)
    @Message(id = 13, value = "This process could leak memory: %s")
    void memoryExposed(String findings);

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 14,
            value = "A fresh key set of epoch %s failed its self-check (failure %s since activation); none left")
    void selfCheckFailed(String epoch, int failures);

    @LogMessage(level = Level.WARN)
    @Message(id = 15, value = "The token did not take the logout: %s. The next activation begins with a logout")
    void tokenLogoutFailed(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 20, value = "The database cannot be used: %s. It is tried again")
    void databaseUnavailable(String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 21, value = "The database is ready, schema version %s")
    void databaseReady(String version);

    @LogMessage(level = Level.ERROR)
    @Message(id = 22, value = "A row of table %s was changed past this server: %s")
    void rowTampered(String table, String finding);

    @LogMessage(level = Level.INFO)
    @Message(id = 30, value = "Audit chain %s is open")
    void auditOpen(String chain);

    @LogMessage(level = Level.WARN)
    @Message(id = 31, value = "Audit chain %s had no closing record: its node had crashed; it is adopted")
    void auditAdopted(String chain);

    @LogMessage(level = Level.ERROR)
    @Message(id = 32, value = "The audit trail cannot be written: %s. No keys are issued")
    void auditUnavailable(String reason);

    @LogMessage(level = Level.INFO)
    @Message(id = 33, value = "Audit chain %s is closed")
    void auditClosed(String chain);

    @LogMessage(level = Level.WARN)
    @Message(id = 34, value = "No audit checkpoint could be made: %s. It is tried again")
    void checkpointFailed(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 35, value = "An event could not be written to the audit trail: %s")
    void eventNotAudited(String event, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 36, value = "%s failures of unauthenticated callers could not be written to the audit trail")
    void failuresNotAudited(long count);

    @LogMessage(level = Level.DEBUG)
    @Message(id = 37, value = "A broken database connection of the audit trail was given back: %s")
    void auditConnectionBroken(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 40, value = "A background task failed: %s")
    void backgroundTaskFailed(String task, @Cause Throwable cause);

    @LogMessage(level = Level.ERROR)
    @Message(id = 44, value = "While stopping, the server could not %s")
    void stopStepFailed(String step, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(
            id = 41,
            value = "The ceremony made keys of epoch %s on the token, but the database has no such epoch;"
                    + " these keys serve nothing and may be removed from the token")
    void orphanedEpochKeys(String epoch);

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 42,
            value = "The ceremony made keys of epoch %s on the token, and nobody knows whether the database has the"
                    + " epoch: do not remove them from the token. Look at the list of epochs once the database answers")
    void epochOutcomeUnknown(String epoch);

    @LogMessage(level = Level.WARN)
    @Message(
            id = 43,
            value = "The ceremony reported a failure, but epoch %s is stored and its keys on the token are in use")
    void epochStoredAfterAll(String epoch);

    @LogMessage(level = Level.INFO)
    @Message(id = 50, value = "SAKKE is calculated by the core '%s': %s")
    void coreChosen(String core, String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 51, value = "The arithmetic failed its self-test at the start: %s. The server does not become ready")
    void arithmeticWrong(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 60, value = "No bundles are made for now: %s")
    void bundlesWait(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 70, value = "The queue of this server took no delivery: %s. It is tried again")
    void deliveryQueueFailed(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(id = 71, value = "A delivery of topic %s failed unexpectedly; it is tried again")
    void deliveryFailed(String topic, @Cause Throwable cause);

    @LogMessage(level = Level.WARN)
    @Message(id = 72, value = "Delivery %s of topic %s was given up: %s. Operators see it with 'kmsctl deliveries'")
    void deliveryAbandoned(String id, String topic, String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 73, value = "The queue of this server held a message that is no delivery: %s")
    void deliveryMessageStrange(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 74, value = "The outcome of a delivery could not be noted: %s. It is made again when its lease ends")
    void deliveryNotNoted(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 75, value = "No deliveries are handed out for now: %s")
    void deliveriesWait(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 80, value = "Messages with keys of groups wait: %s")
    void groupMessagesWait(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 81,
            value = "Messages with keys of some members of a group could not be made and are tried again: job %s")
    void groupMessagesFailed(UUID job, @Cause Throwable cause);

    @LogMessage(level = Level.INFO)
    @Message(id = 90, value = "The GMS has its own keys of the key period from %s to %s")
    void gmsProvisioned(Instant begins, Instant ends);

    @LogMessage(level = Level.WARN)
    @Message(id = 91, value = "The GMS waits: %s")
    void gmsWaits(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 92, value = "The GMS cannot renew its own keys, and goes on with those that it has: %s")
    void gmsRefreshFailed(String reason);

    @LogMessage(level = Level.ERROR)
    @Message(
            id = 93,
            value = "The KMS does not take the transport and integrity key of the GMS: %s."
                    + " Register the GMS again (gms.registration-file)")
    void gmsNeedsRegistration(String reason);

    @LogMessage(level = Level.WARN)
    @Message(id = 110, value = "The content encryption key %s cannot be renewed now, and is tried again: %s")
    void cekNotRenewed(String keyId, String reason);
}
