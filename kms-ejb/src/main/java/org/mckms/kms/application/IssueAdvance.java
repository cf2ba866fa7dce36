package org.mckms.kms.application;

import java.time.Instant;

/**
 * Where the two-officer act of advancing an issue counter stands.
 *
 * @param issue     the counter after this call
 * @param expiresAt until when a second officer may confirm; of no meaning once advanced
 */
public record IssueAdvance(String uri, Outcome outcome, int issue, Instant expiresAt) {

    /** What a call of one officer led to. */
    public enum Outcome {
        /** The first officer's request is stored; another officer has to send the same request. */
        REQUESTED,
        /** The second officer confirmed: the counter went up by one. */
        ADVANCED
    }
}
