package org.mckms.platform.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class DatabaseFailuresTest {

    @Test
    void ownRefusalsPassAsTheyAre() {
        KmsException refusal = new KmsException(KmsErrorCode.IDENTITY_BLOCKED, "blocked");

        assertThat(DatabaseFailures.meaning(refusal)).isSameAs(refusal);
        assertThat(DatabaseFailures.meaning(new EJBException("wrapped", refusal)))
                .isSameAs(refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23503", "40000", "40001", "40002", "40P01", "HYT00", "55P03", "90131"})
    void aLostRaceMayBeRunAgain(String sqlState) {
        RuntimeException failure = new PersistenceException(new SQLException("lost", sqlState));

        assertThat(DatabaseFailures.meaning(failure)).isInstanceOf(ConcurrentChangeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08S01", "40003", "57P01", "90067", "42102"})
    void everyOtherFailureOfTheDatabaseIsToldAsSuch(String sqlState) {
        RuntimeException failure = new PersistenceException(new SQLException("gone", sqlState));

        assertThat(DatabaseFailures.meaning(failure).code()).isEqualTo(KmsErrorCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void aFailureWithoutSqlStateIsToldAsOne() {
        RuntimeException failure = new PersistenceException(new SQLException("unable to get managed connection"));

        assertThat(DatabaseFailures.meaning(failure).code()).isEqualTo(KmsErrorCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void aCommitThatFailsWithoutCauseIsOneOfTheDatabase() {
        assertThat(DatabaseFailures.meaning(new EJBException("rolled back")).code())
                .isEqualTo(KmsErrorCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void ourOwnFaultsStayOurOwn() {
        assertThat(DatabaseFailures.meaning(new IllegalStateException("bug")).code())
                .isEqualTo(KmsErrorCode.INTERNAL);
    }
}
