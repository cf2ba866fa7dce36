package org.mckms.protocol.group;

import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.element.Checked;

/**
 * A partner group management server tells the primary how far it is with the keys of a temporary group.
 *
 * @param regroupId the primary's name of the regroup
 * @param generation of the notification that is answered
 * @param partnerGmsUri URI of the server that answers
 * @param outcome how far it is
 * @param members the partner's members of the temporary group
 * @param acknowledged those of them that hold the keys
 * @param failed those of them that answered an error
 * @param reason one sentence for the primary's operator, at most 1024 characters; about a failure
 * @throws InvalidValueException if a value is outside its limits, a number is negative or the last two exceed the first
 */
public record RegroupAcknowledgement(
        String regroupId,
        long generation,
        String partnerGmsUri,
        Outcome outcome,
        int members,
        int acknowledged,
        int failed,
        Optional<String> reason) {
    /** How far a partner is. */
    public enum Outcome {
        /** The keys were verified and stored; the members do not have all of them yet. */
        STORED,
        /** Every member has acknowledged or failed. */
        SETTLED,
        /** The keys were refused, nothing of them is held. */
        FAILED
    }

    public RegroupAcknowledgement {
        RegroupId.checked(regroupId);
        RegroupId.checkedGeneration(generation);
        Checked.uri(partnerGmsUri, "partner GMS");
        Objects.requireNonNull(outcome, "outcome");
        if (members < 0 || acknowledged < 0 || failed < 0 || (long) acknowledged + failed > members) {
            throw new InvalidValueException("a regroup acknowledgement counts " + acknowledged + " and " + failed
                    + " of " + members + " members");
        }
        reason.ifPresent(text -> Checked.text(text, "reason"));
    }
}
