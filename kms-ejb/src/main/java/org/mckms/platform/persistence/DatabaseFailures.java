package org.mckms.platform.persistence;

import java.sql.SQLException;
import java.util.Optional;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Tells failures of the database from failures of our own. */
public final class DatabaseFailures {

    private static final String INTEGRITY_VIOLATION = "23";
    private static final int MAX_DEPTH = 20;

    private DatabaseFailures() {}

    /** What a failed piece of work, or a failed commit, means to its caller. */
    public static KmsException meaning(RuntimeException failure) {
        Optional<KmsException> ours = cause(failure, KmsException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<SQLException> sql = cause(failure, SQLException.class);
        if (sql.map(SQLException::getSQLState)
                .filter(s -> s.startsWith(INTEGRITY_VIOLATION))
                .isPresent()) {
            return new ConcurrentChangeException(failure);
        }
        if (sql.isPresent() || failure.getClass().getName().contains("Transaction")) {
            return new KmsException(KmsErrorCode.DATABASE_UNAVAILABLE, "the database cannot be used now", failure);
        }
        return new KmsException(KmsErrorCode.INTERNAL, "unexpected failure", failure);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
