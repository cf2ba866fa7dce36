package org.mckms.platform.persistence;

import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Tells failures of the database from failures of our own. */
public final class DatabaseFailures {

    private static final String INTEGRITY_VIOLATION = "23";
    private static final String ROLLED_BACK = "40";
    /** Of the class of transactions rolled back the one that says that nobody knows. */
    private static final String OUTCOME_UNKNOWN = "40003";
    /** Lock time-outs and lost races of H2 and PostgreSQL that are in no class of their own. */
    private static final Set<String> LOST_RACES = Set.of("HYT00", "55P03", "90131");

    private static final int MAX_DEPTH = 20;

    private DatabaseFailures() {}

    /**
     * What a failed piece of work, or a failed commit, means to its caller. The work itself is looked at inside its
     * transaction, so an exception of the container that names no cause is one of beginning or committing.
     */
    public static KmsException meaning(RuntimeException failure) {
        Optional<KmsException> ours = cause(failure, KmsException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        Optional<SQLException> sql = cause(failure, SQLException.class);
        if (sql.map(SQLException::getSQLState)
                .filter(DatabaseFailures::isLostRace)
                .isPresent()) {
            return new ConcurrentChangeException(failure);
        }
        if (sql.isPresent() || failure instanceof EJBException) {
            return new KmsException(KmsErrorCode.DATABASE_UNAVAILABLE, "the database cannot be used now", failure);
        }
        return new KmsException(KmsErrorCode.INTERNAL, "unexpected failure", failure);
    }

    private static boolean isLostRace(String sqlState) {
        return sqlState.startsWith(INTEGRITY_VIOLATION)
                || sqlState.startsWith(ROLLED_BACK) && !sqlState.equals(OUTCOME_UNKNOWN)
                || LOST_RACES.contains(sqlState);
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
