package org.mckms.kms.application;

import java.util.Optional;

/**
 * Outcome of a verification of the whole audit trail.
 *
 * @param fault the first fault, one sentence; empty if the trail is whole
 */
public record AuditReport(boolean whole, long records, long checkpoints, int chains, Optional<String> fault) {}
