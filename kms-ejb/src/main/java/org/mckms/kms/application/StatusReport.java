package org.mckms.kms.application;

import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.VaultStatus;

/**
 * How the server is, for operators.
 *
 * @param node             name of this node
 * @param profile          {@code development} or {@code production}
 * @param currentEpoch     the epoch of the current key period, if there is one
 * @param database         one sentence
 * @param ready            whether key requests are answered
 * @param reasonsNotReady  one sentence each, empty if ready
 * @param audit            one sentence
 * @param arithmetic       one sentence: which core calculates, and why
 * @param deliveries       one sentence: how many have not arrived
 */
public record StatusReport(
        String node,
        String profile,
        String kmsUri,
        VaultStatus vault,
        Optional<EpochView> currentEpoch,
        String database,
        String audit,
        String arithmetic,
        String deliveries,
        boolean ready,
        List<String> reasonsNotReady) {

    public StatusReport {
        reasonsNotReady = List.copyOf(reasonsNotReady);
    }
}
