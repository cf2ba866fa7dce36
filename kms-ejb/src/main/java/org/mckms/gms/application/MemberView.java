package org.mckms.gms.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * A member of a group and how the keys fare on their way to it.
 *
 * @param keys one for each key that members are given
 */
public record MemberView(Member member, List<KeyState> keys) {

    public MemberView {
        keys = List.copyOf(keys);
    }

    /**
     * One key.
     *
     * @param reason    what the message waits for, or why the member could not take the key
     * @param changedAt when the state was reached; empty while a job is on the way to this member
     */
    public record KeyState(
            KeyIdentifier keyId, MessageState state, Optional<String> reason, Optional<Instant> changedAt) {}
}
