package org.mckms.platform.audit;

import java.time.Duration;

/**
 * Limits of an appender.
 *
 * @param batch      most records in one commit
 * @param linger     how long a commit waits for further records after its first
 * @param patience     how long a caller waits for the commit of its record
 * @param retry      pause between two attempts to reach the database
 * @param queue      records that may wait; more are refused at once
 */
public record AuditLimits(int batch, Duration linger, Duration patience, Duration retry, int queue) {

    /** 64 records or 2 ms; a caller waits less than the two seconds within which a request is answered. */
    public static final AuditLimits STANDARD =
            new AuditLimits(64, Duration.ofMillis(2), Duration.ofMillis(1500), Duration.ofSeconds(1), 4096);
}
