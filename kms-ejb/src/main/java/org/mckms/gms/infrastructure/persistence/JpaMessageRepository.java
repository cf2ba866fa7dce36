package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** By ranges of the primary key: a list of numbers would have the rows of all members of a large group read. */
    private List<MessageRecord> select(Collection<KeyIdentifier> keys, Collection<Integer> members, LockModeType lock) {
        if (members.isEmpty()) {
            return List.of();
        }
        Set<Integer> wanted = Set.copyOf(members);
        return keys.stream()
                .sorted(Comparator.comparing(KeyIdentifier::toString))
                .flatMap(key -> entities.createQuery(
                                "SELECT m FROM MessageRow m WHERE m.key.keyId = :key"
                                        + " AND m.key.member BETWEEN :first AND :last ORDER BY m.key.member",
                                MessageRow.class)
                        .setParameter("key", key.toString())
                        .setParameter("first", Collections.min(wanted))
                        .setParameter("last", Collections.max(wanted))
                        .setLockMode(lock)
                        .getResultStream())
                .filter(row -> wanted.contains(row.key.member))
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
        keys.forEach(key -> entities.createQuery("DELETE FROM MessageRow m WHERE m.key = :key")
                .setParameter("key", new MessageRow.Key(key, member))
                .executeUpdate());
    }

    @Override
    public void removeAll(KeyIdentifier key) {
        entities.createQuery("DELETE FROM MessageRow m WHERE m.key.keyId = :key")
                .setParameter("key", key.toString())
                .executeUpdate();
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
