package org.mckms.platform.audit;

import java.time.Duration;

/**
 * Limits of an appender.
 *
 * @param batch      most records in one commit
 * @param quiet      a commit waits for further records until none has come for so long,
 * @param longest    and no longer than this after its first
 * @param patience   how long a caller waits for the commit of its record
 * @param retry      pause between two attempts to reach the database
 * @param queue      records that may wait; more are refused at once
 */
public record AuditLimits(int batch, Duration quiet, Duration longest, Duration patience, Duration retry, int queue) {

    /** A caller waits less than the two seconds within which a request is answered. */
    public static final AuditLimits STANDARD = new AuditLimits(
            256, Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(1500), Duration.ofSeconds(1), 4096);
}
