package org.mckms.client.group;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.ReceptionFault;

/**
 * What came of the keys that one document brought for a group: all were taken, or none.
 *
 * @param groupUri the group
 * @param keys what was done; empty if the keys were refused, or there were none
 * @param refusal why they were refused
 */
public record Reception(String groupUri, List<ReceivedKey> keys, Optional<Refusal> refusal) {
    public Reception {
        Objects.requireNonNull(groupUri, "groupUri");
        keys = List.copyOf(keys);
        Objects.requireNonNull(refusal, "refusal");
    }

    /**
     * Why keys were refused.
     *
     * @param fault for the state of the group
     * @param text for the own records
     * @param keyIds of the keys, if all messages could be opened; else empty
     */
    public record Refusal(ReceptionFault fault, String text, List<KeyIdentifier> keyIds) {
        public Refusal {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(text, "text");
            keyIds = List.copyOf(keyIds);
        }
    }

    static Reception taken(String groupUri, List<ReceivedKey> keys) {
        return new Reception(groupUri, keys, Optional.empty());
    }

    static Reception refused(String groupUri, ReceptionFault fault, String text, List<KeyIdentifier> keyIds) {
        return new Reception(groupUri, List.of(), Optional.of(new Refusal(fault, text, keyIds)));
    }

    /** Whether all keys were taken. */
    public boolean isTaken() {
        return refusal.isEmpty();
    }

    /**
     * Whether to fetch the keys from the group management server instead of answering: what was pushed came too late, or
     * was sent again by somebody.
     */
    public boolean isToBeFetched() {
        return refusal.map(Refusal::fault)
                .filter(fault -> fault == ReceptionFault.STALE)
                .isPresent();
    }

    /** The answer to the group management server; empty if the document had no keys. */
    public Optional<KeyAcknowledgement> acknowledgement(String memberUri) {
        List<KeyIdentifier> keyIds = refusal.map(Refusal::keyIds)
                .orElseGet(
                        () -> keys.stream().map(ReceivedKey::keyId).distinct().toList());
        return keyIds.isEmpty() && isTaken()
                ? Optional.empty()
                : Optional.of(new KeyAcknowledgement(
                        groupUri,
                        KeyAcknowledgement.GENERATION_UNKNOWN,
                        memberUri,
                        keyIds,
                        refusal.map(Refusal::fault)));
    }
}
