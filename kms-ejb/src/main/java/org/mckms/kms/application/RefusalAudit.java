package org.mckms.kms.application;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.platform.KmsLog;
import org.mckms.platform.SystemUse;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsException;

/** Writes down what was refused. One instance for all requests, since it counts. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RefusalAudit {

    /** Sources that a minute names; the rest of it is counted together. */
    private static final int MAX_SOURCES = 50;
    /** Minutes that wait while the audit trail cannot be written. */
    private static final int MAX_MINUTES = 120;
    /** Refused tokens of one client that have records of their own in one minute. */
    private static final int MAX_TOKENS = 10;

    /** Refused requests of one client that have records of their own in one minute. */
    private static final int MAX_REQUESTS = 120;

    private static final int MAX_CLIENTS = 1000;

    @Inject
    AuditTrail audit;

    @Inject
    Clock clock;

    private final FailureTally tally = new FailureTally(MAX_SOURCES, MAX_MINUTES);
    private final MinuteBudget tokens = new MinuteBudget(MAX_TOKENS, MAX_CLIENTS);
    private final MinuteBudget requests = new MinuteBudget(MAX_REQUESTS, 10 * MAX_CLIENTS);

    /**
     * One record, on disk when this returns. Beyond 120 a minute of one identity they are counted with the failures of
     * their source, so that one token cannot fill the audit trail.
     *
     * @param resource path or name of what was asked for
     * @throws KmsException {@code AUDIT_UNAVAILABLE}
     */
    public void refused(AuthenticatedIdentity caller, String resource, KmsException refusal) {
        Instant now = clock.instant();
        if (requests.take(now, caller.issuer() + " " + caller.primaryUri())) {
            audit.record(Notes.refusedClient(caller, resource, refusal));
        } else {
            tally.add(now, SourceName.of(caller.source()), "refused requests of " + caller.primaryUri());
        }
    }

    /**
     * A correctly signed token in the wrong hands, such as a server's without its certificate: one record of its own, on
     * disk when this returns. Beyond ten a minute of one issuer's client they are counted with the failures of their
     * source.
     *
     * @param holder   as the token names it; its URIs are not believed
     * @param resource path or name of what was asked for
     * @throws KmsException {@code AUDIT_UNAVAILABLE}
     */
    public void refusedToken(AuthenticatedIdentity holder, String resource, KmsException refusal) {
        Instant now = clock.instant();
        if (tokens.take(now, holder.issuer() + " " + holder.clientId())) {
            audit.record(Notes.refusedClient(holder, resource, refusal));
        } else {
            tally.add(now, SourceName.of(holder.source()), "refused tokens of client " + holder.clientId());
        }
    }

    /**
     * Counted; one record per source and minute, so that nobody fills the audit trail from outside.
     *
     * @param source remote address; IPv6 counts by its first 64 bits
     * @param reason the same for all failures of a kind
     */
    @SystemUse("the request has no authenticated caller, which is what is written down")
    public void unauthenticated(String source, String reason) {
        tally.add(clock.instant(), SourceName.of(source), reason);
    }

    /** Writes the counts of the minutes that are over; what cannot be written is kept for the next time. */
    @SystemUse("called by the server's own clock")
    public void writeCounts() {
        write(tally.takeBefore(clock.instant()));
    }

    /** Writes all counts, those of the running minute included; for the end of the server. */
    @SystemUse("called when the server stops")
    public void writeAllCounts() {
        write(tally.takeBefore(clock.instant().plus(Duration.ofMinutes(1))));
    }

    private void write(Iterable<FailureTally.Count> counts) {
        long unwritten = 0;
        for (FailureTally.Count count : counts) {
            try {
                audit.record(note(count));
            } catch (KmsException e) {
                tally.putBack(count);
                unwritten += count.times();
            }
        }
        if (unwritten > 0) {
            KmsLog.LOG.failuresNotAudited(unwritten);
        }
    }

    private static AuditNote note(FailureTally.Count count) {
        return AuditNote.of(AuditEvent.AUTHENTICATION_FAILED, "UNAUTHENTICATED", "source:" + count.source(), "")
                .with("count", Long.toString(count.times()))
                .with("minute", count.minute().toString())
                .with("reason", count.reason());
    }
}
