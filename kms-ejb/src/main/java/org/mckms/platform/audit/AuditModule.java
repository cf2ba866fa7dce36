package org.mckms.platform.audit;

import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.AuditSettings;
import org.mckms.platform.persistence.CommitWriter;

/**
 * The parts of the audit trail, put together over one database.
 *
 * @param appender     not started yet
 * @param checkpointer its signer is called only when told that it can sign
 */
public record AuditModule(AuditAppender appender, AuditCheckpointer checkpointer, AuditArchive archive) {

    /**
     * @param commits of the same database
     * @param signer  signs a checkpoint on the token
     * @param threads makes the one thread of the appender
     */
    public static AuditModule over(
            DataSource dataSource,
            CommitWriter commits,
            String node,
            AuditSettings settings,
            UnaryOperator<Octets> signer,
            Clock clock,
            ThreadFactory threads) {
        CheckpointDirectory directory = new CheckpointDirectory(settings.checkpointDirectory());
        AuditCheckpointer checkpointer = new AuditCheckpointer(
                new JdbcCheckpointStore(dataSource, commits), directory, signer, settings.checkpointInterval(), clock);
        AuditChain chain =
                new AuditChain(node, new JdbcAuditStore(dataSource, commits), checkpointer, clock, UUID::randomUUID);
        AuditAppender appender = new AuditAppender(chain, clock, AuditLimits.STANDARD, threads);
        return new AuditModule(appender, checkpointer, new JdbcAuditArchive(dataSource, directory));
    }
}
