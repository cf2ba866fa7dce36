package org.mckms.kms.infrastructure.persistence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochRepository;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Epochs in table {@code kms_epoch}, the ceremony's lock in {@code kms_lock}. */
@ApplicationScoped
public class JpaEpochRepository implements EpochRepository {

    @PersistenceContext(unitName = "kms")
    EntityManager entities;

    private final CheckedPoints points = new CheckedPoints();

    @Override
    public void lockCeremony() {
        Optional.ofNullable(entities.find(LockRow.class, LockRow.CEREMONY, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.INTERNAL, "the row 'ceremony' of table kms_lock is missing; insert it"));
    }

    @Override
    public List<StoredRow<Epoch>> all() {
        return entities.createQuery("SELECT e FROM EpochRow e ORDER BY e.validFrom DESC, e.id", EpochRow.class)
                .getResultStream()
                .map(row -> row.stored(points))
                .toList();
    }

    @Override
    public boolean exists(EpochId id) {
        return entities.find(EpochRow.class, id.toString()) != null;
    }

    @Override
    public void insert(MacProtected<Epoch> epoch) {
        entities.persist(EpochRow.of(epoch));
        entities.flush();
    }

    @Override
    public void update(MacProtected<Epoch> epoch) {
        EpochRow row = entities.find(EpochRow.class, epoch.row().id().toString());
        row.state = epoch.row().state().name();
        row.rowMac = epoch.mac().toHex();
    }
}
