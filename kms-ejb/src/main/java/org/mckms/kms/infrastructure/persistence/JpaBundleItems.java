package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.BundleItemState;
import org.mckms.kms.domain.BundleItems;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleProgress;
import org.mckms.mikeysakke.Octets;

/** Items in table {@code kms_bundle_item}. Long lists pass through it, so single statements do the work and no entity stays. */
@ApplicationScoped
public class JpaBundleItems implements BundleItems {

    private static final String ADD =
            "INSERT INTO kms_bundle_item (job_id, item_no, user_uri, device, state) SELECT :job, :number, :user, :device,"
                    + " 'OPEN' WHERE NOT EXISTS (SELECT 1 FROM kms_bundle_item"
                    + " WHERE job_id = :job AND user_uri = :user AND device = :device)";

    /**
     * Hibernate knows this clause only for databases whose version it has asked for. The rows are named, not counted: with
     * {@code FETCH FIRST} H2 locks all that could be counted.
     */
    private static final String LOCK =
            "SELECT item_no FROM kms_bundle_item WHERE job_id = :job AND item_no IN (:numbers)"
                    + " AND state = 'OPEN' FOR UPDATE SKIP LOCKED";

    private static final String ITEMS =
            "SELECT i FROM BundleItemRow i WHERE i.key.jobId = :job AND i.key.number IN :numbers ORDER BY i.key.number";

    /** So many others may be at work ahead of this one. */
    private static final int MAX_WINDOWS = 32;

    private static final String END = "UPDATE BundleItemRow i SET i.state = :state, i.failure = :failure,"
            + " i.sha256 = :sha256, i.endedAt = :now WHERE i.key = :key";

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    @Override
    public boolean add(BundleJobId job, int number, String userUri, Optional<String> device) {
        return entities.createNativeQuery(ADD)
                        .setParameter("job", job.toString())
                        .setParameter("number", number)
                        .setParameter("user", userUri)
                        .setParameter("device", device.orElse(""))
                        .executeUpdate()
                == 1;
    }

    /** Looks for a window of open items of which not all are held by others. */
    @Override
    public List<BundleItem> claim(BundleJobId job, int most) {
        int after = 0;
        for (int i = 0; i < MAX_WINDOWS; i++) {
            List<Integer> window = open(job, after, most);
            if (window.isEmpty()) {
                return List.of();
            }
            List<?> locked = entities.createNativeQuery(LOCK, Integer.class)
                    .setParameter("job", job.toString())
                    .setParameter("numbers", window)
                    .getResultList();
            if (!locked.isEmpty()) {
                return entities.createQuery(ITEMS, BundleItemRow.class)
                        .setParameter("job", job.toString())
                        .setParameter("numbers", locked)
                        .getResultStream()
                        .map(BundleItemRow::item)
                        .toList();
            }
            after = window.get(window.size() - 1);
        }
        return List.of();
    }

    private List<Integer> open(BundleJobId job, int after, int most) {
        return entities.createQuery(
                        "SELECT i.key.number FROM BundleItemRow i WHERE i.key.jobId = :job AND i.state = 'OPEN'"
                                + " AND i.key.number > :after ORDER BY i.key.number",
                        Integer.class)
                .setParameter("job", job.toString())
                .setParameter("after", after)
                .setMaxResults(most)
                .getResultList();
    }

    @Override
    public void done(BundleJobId job, int number, Octets sha256, Instant now) {
        end(job, number, BundleItemState.DONE, null, sha256.toHex(), now);
    }

    @Override
    public void failed(BundleJobId job, int number, String failure, Instant now) {
        end(job, number, BundleItemState.FAILED, failure, null, now);
    }

    private void end(BundleJobId job, int number, BundleItemState state, String failure, String sha256, Instant now) {
        entities.createQuery(END)
                .setParameter("state", state.name())
                .setParameter("failure", failure)
                .setParameter("sha256", sha256)
                .setParameter("now", Columns.time(now))
                .setParameter("key", new BundleItemRow.Key(job, number))
                .executeUpdate();
    }

    @Override
    public BundleProgress progress(BundleJobId job) {
        Map<BundleItemState, Integer> counts = new EnumMap<>(BundleItemState.class);
        OffsetDateTime newest = null;
        List<Object[]> groups = entities.createQuery(
                        "SELECT i.state, COUNT(i), MAX(i.endedAt) FROM BundleItemRow i WHERE i.key.jobId = :job"
                                + " GROUP BY i.state",
                        Object[].class)
                .setParameter("job", job.toString())
                .getResultList();
        for (Object[] group : groups) {
            counts.put(BundleItemState.valueOf((String) group[0]), Math.toIntExact((Long) group[1]));
            OffsetDateTime ended = (OffsetDateTime) group[2];
            newest = newest == null || ended != null && ended.isAfter(newest) ? ended : newest;
        }
        return new BundleProgress(
                counts.getOrDefault(BundleItemState.OPEN, 0),
                counts.getOrDefault(BundleItemState.DONE, 0),
                counts.getOrDefault(BundleItemState.FAILED, 0),
                Columns.instant(newest));
    }

    @Override
    public List<BundleItem> page(BundleJobId job, int after, int limit, Optional<BundleItemState> state) {
        return entities.createQuery(
                        "SELECT i FROM BundleItemRow i WHERE i.key.jobId = :job AND i.key.number > :after"
                                + (state.isPresent()
                                        ? " AND i.state = '" + state.get().name() + "'"
                                        : "")
                                + " ORDER BY i.key.number",
                        BundleItemRow.class)
                .setParameter("job", job.toString())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(BundleItemRow::item)
                .toList();
    }

    @Override
    public Optional<BundleItem> find(BundleJobId job, int number) {
        return Optional.ofNullable(entities.find(BundleItemRow.class, new BundleItemRow.Key(job, number)))
                .map(BundleItemRow::item);
    }

    @Override
    public void removeAll(BundleJobId job) {
        entities.createQuery("DELETE FROM BundleItemRow i WHERE i.key.jobId = :job")
                .setParameter("job", job.toString())
                .executeUpdate();
    }
}
