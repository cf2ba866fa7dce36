package org.mckms.protocol.group;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.element.Checked;

/**
 * A member's answer to the keys of a group (TS 33.180 clause 7.3: it carries no security information, only success or
 * error). Who answers is known from the access token, which must agree with {@code memberUri}.
 *
 * @param groupUri URI of the group, 1 to 2048 characters
 * @param generation generation of the group's keys, from 1; {@link #GENERATION_UNKNOWN} from a member that was not told it, then
 *     the keys named say which, or without any the current one is meant
 * @param memberUri MC service ID of the member
 * @param keyIds identifiers (GMK-ID, MKFC-ID) of the keys answered for; none if a message was so broken that they are
 *     unknown; each once, at most {@link #MAX_KEYS}
 * @param fault why none of them was stored; empty if all were
 * @throws InvalidValueException if a value is outside its limits, or nothing is acknowledged without a fault
 */
public record KeyAcknowledgement(
        String groupUri,
        long generation,
        String memberUri,
        List<KeyIdentifier> keyIds,
        Optional<ReceptionFault> fault) {
    /** Stands for a generation that the member does not know: GKTP documents do not carry it. */
    public static final long GENERATION_UNKNOWN = 0;

    /** Keys in one acknowledgement. */
    public static final int MAX_KEYS = 16;

    public KeyAcknowledgement {
        Checked.uri(groupUri, "group");
        Checked.uri(memberUri, "member");
        if (generation < GENERATION_UNKNOWN) {
            throw new InvalidValueException("generation " + generation + " is negative");
        }
        keyIds = List.copyOf(keyIds);
        if (keyIds.size() > MAX_KEYS) {
            throw new InvalidValueException(
                    "an acknowledgement names " + keyIds.size() + " keys, at most " + MAX_KEYS + " are accepted");
        }
        if (new HashSet<>(keyIds).size() < keyIds.size()) {
            throw new InvalidValueException("an acknowledgement names a key twice");
        }
        Objects.requireNonNull(fault, "fault");
        if (keyIds.isEmpty() && fault.isEmpty()) {
            throw new InvalidValueException("an acknowledgement of success names no key");
        }
    }
}
