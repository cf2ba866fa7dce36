package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;

/**
 * An order to make one pre-provisioning bundle per user of a list.
 *
 * @param officer            name of the officer who started it
 * @param officerCertificate SHA-256 of the officer's certificate, hex
 * @param reason             the officer's words, 1 to 500 characters
 * @param total              users of the list, each counted once; 0 while the list is received
 * @param folded             lines of the list that named a user and device again
 * @param endedAt            when it was finished or cancelled
 */
public record BundleJob(
        BundleJobId id,
        BundleJobState state,
        String officer,
        String officerCertificate,
        String reason,
        BundleSpan span,
        int total,
        int folded,
        Instant startedAt,
        Optional<Instant> endedAt) {

    public BundleJob {
        requireNonNull(id, "id");
        requireNonNull(state, "state");
        requireNonNull(officer, "officer");
        requireNonNull(officerCertificate, "officerCertificate");
        requireNonNull(reason, "reason");
        requireNonNull(span, "span");
        requireNonNull(startedAt, "startedAt");
        requireNonNull(endedAt, "endedAt");
        if (total < 0 || folded < 0) {
            throw new InvalidValueException("a job has no negative counts");
        }
    }

    /** A job whose list is still to come. */
    public static BundleJob loading(
            BundleJobId id, OperatorIdentity officer, String reason, BundleSpan span, Instant now) {
        return new BundleJob(
                id,
                BundleJobState.LOADING,
                officer.name(),
                officer.certificateSha256(),
                reason,
                span,
                0,
                0,
                now,
                Optional.empty());
    }

    /** The same job with its list complete. */
    public BundleJob running(int users, int foldedLines) {
        return new BundleJob(
                id,
                BundleJobState.RUNNING,
                officer,
                officerCertificate,
                reason,
                span,
                users,
                foldedLines,
                startedAt,
                Optional.empty());
    }

    /** The same job at its end. */
    public BundleJob ended(BundleJobState end, Instant now) {
        return new BundleJob(
                id, end, officer, officerCertificate, reason, span, total, folded, startedAt, Optional.of(now));
    }
}
