package org.mckms.gms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MemberRepository;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;

/** Members in table {@code gms_member}. */
@ApplicationScoped
public class JpaMemberRepository implements MemberRepository {

    private static final String OF_GROUP = "SELECT m FROM MemberRow m WHERE m.key.groupUri = :group";
    private static final String NUMBERS = "SELECT m.key.number FROM MemberRow m WHERE m.key.groupUri = :group";
    private static final String IN_ORDER = " ORDER BY m.key.number";

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    /** Long lists pass through it, so no entity stays. */
    @Override
    public void insertAll(List<MacProtected<Member>> members) {
        entities.flush();
        for (MacProtected<Member> member : members) {
            entities.persist(MemberRow.of(member));
        }
        entities.flush();
        entities.clear();
    }

    @Override
    public Optional<StoredRow<Member>> find(String groupUri, String memberUri) {
        return rows(entities.createQuery(OF_GROUP + " AND m.uri = :uri", MemberRow.class)
                        .setParameter("group", groupUri)
                        .setParameter("uri", memberUri))
                .stream()
                .findFirst();
    }

    @Override
    public List<StoredRow<Member>> range(String groupUri, int first, int last) {
        return rows(entities.createQuery(
                        OF_GROUP + " AND m.key.number BETWEEN :first AND :last" + IN_ORDER, MemberRow.class)
                .setParameter("group", groupUri)
                .setParameter("first", first)
                .setParameter("last", last));
    }

    @Override
    public List<StoredRow<Member>> page(String groupUri, int after, int limit) {
        return rows(entities.createQuery(OF_GROUP + " AND m.key.number > :after" + IN_ORDER, MemberRow.class)
                .setParameter("group", groupUri)
                .setParameter("after", after)
                .setMaxResults(limit));
    }

    @Override
    public List<Integer> numbers(String groupUri) {
        return entities.createQuery(NUMBERS + IN_ORDER, Integer.class)
                .setParameter("group", groupUri)
                .getResultList();
    }

    @Override
    public List<Integer> numbersOfKms(String groupUri, String kmsUri) {
        return entities.createQuery(NUMBERS + " AND m.kmsUri = :kms" + IN_ORDER, Integer.class)
                .setParameter("group", groupUri)
                .setParameter("kms", kmsUri)
                .getResultList();
    }

    @Override
    public List<String> present(String groupUri, Collection<String> memberUris) {
        return entities.createQuery(
                        "SELECT m.uri FROM MemberRow m WHERE m.key.groupUri = :group AND m.uri IN :uris", String.class)
                .setParameter("group", groupUri)
                .setParameter("uris", memberUris)
                .getResultList();
    }

    @Override
    public List<String> uris(String groupUri) {
        return entities.createQuery("SELECT m.uri FROM MemberRow m WHERE m.key.groupUri = :group", String.class)
                .setParameter("group", groupUri)
                .getResultList();
    }

    @Override
    public List<StoredRow<Member>> ofUser(String memberUri, int limit) {
        return rows(entities.createQuery(
                        "SELECT m FROM MemberRow m WHERE m.uri = :uri ORDER BY m.key.groupUri", MemberRow.class)
                .setParameter("uri", memberUri)
                .setMaxResults(limit));
    }

    @Override
    public void remove(String groupUri, int number) {
        entities.createQuery("DELETE FROM MemberRow m WHERE m.key = :key")
                .setParameter("key", new MemberRow.Key(groupUri, number))
                .executeUpdate();
    }

    private static List<StoredRow<Member>> rows(TypedQuery<MemberRow> query) {
        return query.getResultStream().map(MemberRow::stored).toList();
    }
}
