package org.mckms.client;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Outcome of all checks on one key set, in the order of {@link KeySetCheck}.
 *
 * @param findings one per check, also for those that passed
 */
public record KeySetReport(List<Finding> findings) {
    /** How a check ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** There was nothing to compare with: neither proven nor wrong. */
        NOT_COMPARED
    }

    /**
     * What one check found.
     *
     * @param detail what was compared or what is wrong, for a person; no secret
     */
    public record Finding(KeySetCheck check, Outcome outcome, String detail) {
        static Finding of(KeySetCheck check, boolean passed, String detail) {
            return new Finding(check, passed ? Outcome.PASSED : Outcome.FAILED, detail);
        }

        /** Whether it compared, and all was well. */
        public boolean passed() {
            return outcome == Outcome.PASSED;
        }
    }

    public KeySetReport {
        findings = List.copyOf(findings);
    }

    /** Whether no check failed; one that had nothing to compare with has not failed. */
    public boolean nothingFailed() {
        return firstFailure().isEmpty();
    }

    public Optional<Finding> firstFailure() {
        return with(Outcome.FAILED).findFirst();
    }

    /** The findings of the checks that had nothing to compare with. */
    public List<Finding> notCompared() {
        return with(Outcome.NOT_COMPARED).toList();
    }

    /** The finding of one check. */
    public Finding of(KeySetCheck check) {
        return findings.stream()
                .filter(finding -> finding.check() == check)
                .findFirst()
                .orElseThrow();
    }

    private Stream<Finding> with(Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome);
    }
}
