package org.mckms.gms.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/**
 * Stores the messages of members. Every method runs inside a transaction of its caller. A message is stored once for each
 * member and key: whoever is second meets a constraint and does it again.
 */
public interface MessageRepository {

    /** Those there are, by key, then number. */
    List<MessageRecord> find(Collection<KeyIdentifier> keys, Collection<Integer> members);

    /** As {@link #find}, and holds the rows until the transaction ends. */
    List<MessageRecord> lock(Collection<KeyIdentifier> keys, Collection<Integer> members);

    void insertAll(List<MessageRecord> messages);

    /** Of rows that this transaction has locked. */
    void updateAll(List<MessageRecord> messages);

    void removeOfMember(Collection<KeyIdentifier> keys, int member);

    /** All messages of a key, to all members. */
    void removeAll(KeyIdentifier key);

    /** How many messages of a key are in each state that any is in. */
    Map<MessageState, Integer> count(KeyIdentifier key);

    /** KMSs whose certificates messages of a key wait for. */
    List<String> waitingFor(KeyIdentifier key);
}
