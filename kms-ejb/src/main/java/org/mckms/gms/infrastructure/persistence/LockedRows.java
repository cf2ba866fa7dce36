package org.mckms.gms.infrastructure.persistence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityNotFoundException;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/** Reads rows as they are committed and holds them until the transaction ends. */
final class LockedRows {

    private LockedRows() {}

    /**
     * The row of a key, read anew if the transaction has read it before: another one may have changed it while this one waited
     * for it.
     */
    static <T> Optional<T> lock(EntityManager entities, Class<T> type, Object key) {
        T row = entities.find(type, key);
        if (row == null) {
            return Optional.empty();
        }
        entities.flush();
        try {
            entities.refresh(row, LockModeType.PESSIMISTIC_WRITE);
            return Optional.of(row);
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        }
    }
}
