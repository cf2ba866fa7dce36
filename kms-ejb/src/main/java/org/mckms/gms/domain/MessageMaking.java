package org.mckms.gms.domain;

import java.time.Instant;
import java.util.List;

/** Makes the messages that bring a group's key to its members. May be called by several threads at once. */
public interface MessageMaking {

    /**
     * One message per member, in the order of the members: encapsulated to the member's UID under the certificate of the
     * member's KMS, signed by this server (TS 33.180 annex E.2). Costs the same per member however many there are.
     *
     * @param key     its status says whether the messages revoke it; stays the caller's
     * @param members whose certificate of KMS is unknown get none, see {@link MadeMessage#waiting}; nobody else waits for them
     * @param now     time T of the messages
     * @throws org.mckms.protocol.error.KmsException {@code NOT_READY} if this server has no keys of its KMS for now, so that no
     *     message can be made
     */
    List<MadeMessage> make(GroupKeyToSend key, List<Member> members, Instant now);

    /** Whether a certificate of a KMS is known here that messages of {@code now} can be made with. */
    boolean canReach(String kmsUri, Instant now);
}
