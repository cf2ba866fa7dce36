package org.mckms.admin;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/** Log messages of the operators' interface, KMS005001 to KMS005999. */
@MessageLogger(projectCode = "KMS", length = 6)
@ValidIdRange(min = 5001, max = 5999)
interface AdminLog extends BasicLogger {

    /** The one instance. */
    AdminLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), AdminLog.class, "org.mckms.admin");

    /** An unforeseen failure while a request was served. */
    @LogMessage(level = Level.ERROR)
    @Message(id = 5001, value = "Operator request %s failed")
    void requestFailed(String requestId, @Cause Throwable cause);

    /** Token, database or another service the request needs is not there. */
    @LogMessage(level = Level.WARN)
    @Message(id = 5002, value = "Operator request %s was not served: %s")
    void notServed(String requestId, String reason);

    /** The audit trail did not take the record of a refusal; the request stays refused. */
    @LogMessage(level = Level.ERROR)
    @Message(id = 5003, value = "Refusal of operator request %s is not in the audit trail")
    void refusalNotAudited(String requestId, @Cause Throwable cause);
}
