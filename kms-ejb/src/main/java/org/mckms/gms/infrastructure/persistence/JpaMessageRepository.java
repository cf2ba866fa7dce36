package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.mckms.gms.domain.MessageRecord;
import org.mckms.gms.domain.MessageRepository;
import org.mckms.gms.domain.MessageState;
import org.mckms.mikeysakke.identity.KeyIdentifier;

/** Messages in table {@code gms_message}; those of a part of a job are written in batches. */
@ApplicationScoped
public class JpaMessageRepository implements MessageRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public List<MessageRecord> find(Collection<KeyIdentifier> keys, Collection<Integer> members) {
        return select(keys, members, LockModeType.NONE);
    }

    @Override
    public List<MessageRecord> lock(Collection<KeyIdentifier> keys, Collection<Integer> members) {
        return select(keys, members, LockModeType.PESSIMISTIC_WRITE);
    }

    private List<MessageRecord> select(Collection<KeyIdentifier> keys, Collection<Integer> members, LockModeType lock) {
        if (keys.isEmpty() || members.isEmpty()) {
            return List.of();
        }
        return entities.createQuery(
                        "SELECT m FROM MessageRow m WHERE m.key.keyId IN :keys AND m.key.member IN :members"
                                + " ORDER BY m.key.keyId, m.key.member",
                        MessageRow.class)
                .setParameter("keys", keys.stream().map(KeyIdentifier::toString).toList())
                .setParameter("members", members)
                .setLockMode(lock)
                .getResultStream()
                .map(MessageRow::record)
                .toList();
    }

    @Override
    public void insertAll(List<MessageRecord> messages) {
        messages.forEach(message -> entities.persist(MessageRow.of(message)));
        entities.flush();
    }

    @Override
    public void updateAll(List<MessageRecord> messages) {
        for (MessageRecord message : messages) {
            entities.find(MessageRow.class, new MessageRow.Key(message.keyId(), message.memberNumber()))
                    .take(message);
        }
        entities.flush();
    }

    @Override
    public void removeOfMember(Collection<KeyIdentifier> keys, int member) {
        if (!keys.isEmpty()) {
            entities.createQuery("DELETE FROM MessageRow m WHERE m.key.keyId IN :keys AND m.key.member = :member")
                    .setParameter(
                            "keys", keys.stream().map(KeyIdentifier::toString).toList())
                    .setParameter("member", member)
                    .executeUpdate();
        }
    }

    @Override
    public Map<MessageState, Integer> count(KeyIdentifier key) {
        Map<MessageState, Integer> counts = new EnumMap<>(MessageState.class);
        entities.createQuery(
                        "SELECT m.state, COUNT(m) FROM MessageRow m WHERE m.key.keyId = :key GROUP BY m.state",
                        Object[].class)
                .setParameter("key", key.toString())
                .getResultStream()
                .forEach(row -> counts.put(MessageState.valueOf((String) row[0]), Math.toIntExact((Long) row[1])));
        return counts;
    }

    @Override
    public List<String> waitingFor(KeyIdentifier key) {
        return entities.createQuery(
                        "SELECT DISTINCT m.reason FROM MessageRow m WHERE m.key.keyId = :key AND m.state = 'WAITING'",
                        String.class)
                .setParameter("key", key.toString())
                .getResultList();
    }
}
