package org.mckms.csc.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Log messages of the CSC interfaces, KMS004000 to KMS004999. No token, no key and no identity is ever an argument. */
@MessageLogger(projectCode = "KMS", length = 6)
@ValidIdRange(min = 4001, max = 4999)
public interface CscLog extends BasicLogger {

    /** The one instance. */
    CscLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), CscLog.class, "org.mckms.csc");

    /** A JWKS was read. */
    @LogMessage(level = Level.INFO)
    @Message(id = 4001, value = "JWKS %s read: %d usable keys")
    void keysRead(String location, int keys);

    /** A JWKS could not be read; tokens are checked with the last good one until it is too old. */
    @LogMessage(level = Level.WARN)
    @Message(
            id = 4002,
            value = "JWKS %s cannot be read: %s. Check the setting, the file or the identity management server")
    void keysUnreadable(String location, String reason);

    /** An unforeseen failure while a request was served. */
    @LogMessage(level = Level.ERROR)
    @Message(id = 4003, value = "Request %s failed")
    void requestFailed(String requestId, @Cause Throwable cause);

    /** The audit trail did not take the record of a refusal; the request stays refused. */
    @LogMessage(level = Level.ERROR)
    @Message(id = 4004, value = "Refusal of request %s is not in the audit trail")
    void refusalNotAudited(String requestId, @Cause Throwable cause);

    /** Token, database or another service the request needs is not there. */
    @LogMessage(level = Level.WARN)
    @Message(id = 4005, value = "Request %s was not served: %s")
    void notServed(String requestId, String reason);

    /** Two issuers publish one key. */
    @LogMessage(level = Level.ERROR)
    @Message(
            id = 4007,
            value =
                    "Key %s is in the JWKS of issuer %s and of issuer %s. It verifies no token of either; let one of them"
                            + " take another key")
    void keyShared(String thumbprint, String issuer, String other);

    /** What is new could not be asked for; the event streams stay open and it is asked again. */
    @LogMessage(level = Level.WARN)
    @Message(id = 4008, value = "Event streams were told nothing new (%s)")
    void eventsNotTold(String requestId, @Cause Throwable cause);

    /** A token broke the code that checks it; the request was refused as one with a bad token, and counted. */
    @LogMessage(level = Level.DEBUG)
    @Message(id = 4006, value = "A token could not be checked")
    void tokenCheckBroke(@Cause Throwable cause);
}
