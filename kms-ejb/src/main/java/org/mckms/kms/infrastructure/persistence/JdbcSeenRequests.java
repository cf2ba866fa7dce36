package org.mckms.kms.infrastructure.persistence;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import javax.sql.DataSource;
import org.mckms.kms.domain.SeenRequests;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.platform.persistence.DatabaseFailures;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Requests that were let in, in table {@code kms_seen_request}: its primary key decides between nodes. Through the connection of
 * the running transaction, for every signed request comes by here.
 */
@ApplicationScoped
public class JdbcSeenRequests implements SeenRequests {

    private static final String ADD = "INSERT INTO kms_seen_request (fingerprint, seen_until) VALUES (?, ?)";
    private static final String FORGET = "DELETE FROM kms_seen_request WHERE seen_until < ?";

    @Resource(lookup = "java:jboss/datasources/KmsDS")
    DataSource dataSource;

    @Override
    public void admit(Octets fingerprint, Instant seenUntil) {
        try {
            Statements.update(dataSource, ADD, fingerprint.toHex(), Columns.time(seenUntil));
        } catch (RuntimeException e) {
            if (DatabaseFailures.meaning(e) instanceof ConcurrentChangeException) {
                throw new KmsException(KmsErrorCode.REPLAYED_REQUEST, "the same signed request was received before", e);
            }
            throw e;
        }
    }

    @Override
    public int forgetBefore(Instant now) {
        return Statements.update(dataSource, FORGET, Columns.time(now));
    }
}
