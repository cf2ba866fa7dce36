package org.mckms.gms.infrastructure.kms;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.client.KeySetSummary;
import org.mckms.client.KmsClientException;
import org.mckms.client.KmsRefusedException;
import org.mckms.client.RefreshListener;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.protocol.audit.AuditEvent;

/** Records what the keys of the GMS cost and bring, and remembers the last failure for the status. */
final class AccountNews implements RefreshListener {

    /** A failure that was not followed by another one at its time is over. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final String uri;
    private final String kmsUri;
    private final AuditTrail audit;
    private final Clock clock;
    private volatile Optional<Failure> failure = Optional.empty();

    private record Failure(String sentence, Instant nextTry) {}

    AccountNews(String uri, String kmsUri, AuditTrail audit, Clock clock) {
        this.uri = uri;
        this.kmsUri = kmsUri;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void keysArrived(List<KeySetSummary> keys) {
        failure = Optional.empty();
        for (KeySetSummary arrived : keys) {
            KmsLog.LOG.gmsProvisioned(arrived.begins(), arrived.ends());
            audit.recordLater(AuditNote.of(AuditEvent.GMS_PROVISIONED, AuditNote.OK, AuditNote.SYSTEM, uri)
                    .with("kmsUri", kmsUri)
                    .with("period", Long.toString(arrived.period()))
                    .with("begins", arrived.begins().toString())
                    .with("ends", arrived.ends().toString()));
        }
    }

    @Override
    public void failed(KmsClientException cause, Instant nextTry) {
        boolean first = complaint().isEmpty();
        failure = Optional.of(new Failure(cause.getMessage(), nextTry));
        if (first) {
            KmsLog.LOG.gmsRefreshFailed(cause.getMessage());
        }
    }

    @Override
    public void registrationNeeded(KmsRefusedException cause) {
        KmsLog.LOG.gmsNeedsRegistration(cause.getMessage());
    }

    /** One sentence about the failure that lasts, if one does. */
    Optional<String> complaint() {
        Instant now = clock.instant();
        return failure.filter(last -> now.isBefore(last.nextTry().plus(LATE)))
                .map(last -> last.sentence() + "; next attempt at " + last.nextTry());
    }
}
