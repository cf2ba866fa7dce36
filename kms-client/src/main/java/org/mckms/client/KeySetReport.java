package org.mckms.client;

import java.util.List;
import java.util.Optional;

/**
 * Outcome of all checks on one key set, in the order of {@link KeySetCheck}.
 *
 * @param findings one per check, also for those that passed
 */
public record KeySetReport(List<Finding> findings) {
    /**
     * Outcome of one check.
     *
     * @param detail what was compared or what is wrong, for a person; no secret
     */
    public record Finding(KeySetCheck check, boolean passed, String detail) {}

    public KeySetReport {
        findings = List.copyOf(findings);
    }

    public boolean allPassed() {
        return findings.stream().allMatch(Finding::passed);
    }

    public Optional<Finding> firstFailure() {
        return findings.stream().filter(finding -> !finding.passed()).findFirst();
    }

    /** The finding of one check. */
    public Finding of(KeySetCheck check) {
        return findings.stream()
                .filter(finding -> finding.check() == check)
                .findFirst()
                .orElseThrow();
    }
}
