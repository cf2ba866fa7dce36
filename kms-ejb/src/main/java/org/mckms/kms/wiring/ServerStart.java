package org.mckms.kms.wiring;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mckms.kms.application.BundleWork;
import org.mckms.kms.application.ClientKeysTrail;
import org.mckms.kms.application.IdentityTrail;
import org.mckms.kms.application.RefusalAudit;
import org.mckms.kms.application.TokenRevocationTrail;
import org.mckms.kms.application.VaultActivation;
import org.mckms.kms.application.cek.CekSweep;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.kms.domain.SeenRequests;
import org.mckms.kms.domain.VaultState;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.kms.domain.token.TokenRevocationRepository;
import org.mckms.kms.infrastructure.vault.Pkcs11MasterSecretVault;
import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditModule;
import org.mckms.platform.audit.AuditStatus;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.Profile;
import org.mckms.platform.config.TokenIssuerSettings;
import org.mckms.platform.datakey.TokenDataKeys;
import org.mckms.platform.delivery.DeliveryModule;
import org.mckms.platform.health.Finding;
import org.mckms.platform.health.ReadinessBoard;
import org.mckms.platform.jobs.NodeJob;
import org.mckms.platform.persistence.Database;
import org.mckms.platform.persistence.Transactions;

/**
 * Starts and ends the server with the deployment. Only a fault in the settings fails the deployment; everything else that
 * is missing leaves a server that is up and not ready. The refusals outlive it, so that their last counts are written.
 */
@Singleton
@Startup
@DependsOn("RefusalAudit")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ServerStart {

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration COUNTS = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofSeconds(30);

    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    ManagedScheduledExecutorService scheduler;

    @EJB
    VaultActivation activation;

    @EJB
    RefusalAudit refusals;

    @EJB
    BundleWork bundles;

    @EJB
    CekSweep ceks;

    @Inject
    @Named(DomainWiring.BUNDLE_JOB)
    NodeJob bundleJob;

    @Inject
    KmsSettings settings;

    @Inject
    Database database;

    @Inject
    AuditModule audit;

    @Inject
    Pkcs11MasterSecretVault vault;

    @Inject
    VaultThreads vaultThreads;

    @Inject
    VaultEvents events;

    @Inject
    EpochWatch epochs;

    @Inject
    ArithmeticWatch arithmetic;

    @Inject
    RevisionMarks marks;

    @Inject
    SeenRequests seen;

    @Inject
    TokenRevocationRepository revocations;

    @Inject
    RevokedTokens revokedTokens;

    @Inject
    TokenDataKeys dataKeys;

    @Inject
    DeliveryModule deliveries;

    @Inject
    Transactions transactions;

    @Inject
    SelectedSakkeCore core;

    @Inject
    ReadinessBoard readiness;

    @Inject
    Clock clock;

    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();
    private CheckpointWatch checkpoints;

    @PostConstruct
    void start() {
        announce();
        checkpoints = new CheckpointWatch(
                audit.checkpointer()::run,
                () -> database.state().ready() && audit.appender().status().writable(),
                () -> vault.status().state() == VaultState.ACTIVE,
                settings.audit().checkpointInterval(),
                clock);
        readiness.hangUp(sides());
        StartSequence sequence = new StartSequence(
                database, audit.appender(), settings.pin(), activation::activateAtStart, epochs, () -> {
                    new ClientKeysTrail(audit.archive(), marks).read();
                    new IdentityTrail(audit.archive(), marks).read();
                });
        scheduler.execute(arithmetic::rehearse);
        every("start and watch the server", STEP, sequence::step);
        every("make audit checkpoints", settings.audit().checkpointInterval(), checkpoints);
        every("write counts of failed authentications", COUNTS, refusals::writeCounts);
        every(
                "forget old signed requests",
                SWEEP,
                new SeenRequestSweep(seen, transactions, () -> database.state().ready(), clock));
        every("learn which access tokens are revoked", STEP, revocationWatch());
        every("forget data keys that nobody needs", SWEEP, dataKeys::forgetIdle);
        every("hand out deliveries", STEP, deliveries.pump()::run);
        every("start workers for bundles", STEP, bundleJob::look);
        every("forget lists of bundles that were not completed", SWEEP, bundles::sweep);
        every("end and renew content encryption keys", STEP, () -> {
            if (database.state().ready() && vault.status().state() == VaultState.ACTIVE) {
                ceks.run();
            }
        });
    }

    private TokenRevocationWatch revocationWatch() {
        return new TokenRevocationWatch(
                new TokenRevocationTrail(audit.archive())::read,
                revocations,
                revokedTokens,
                transactions,
                () -> database.state().ready(),
                clock);
    }

    private ReadinessBoard.Sides sides() {
        return new ReadinessBoard.Sides(
                () -> new Finding(
                        vault.status().state() == VaultState.ACTIVE,
                        vault.status().detail()),
                () -> new Finding(database.state().ready(), database.state().sentence()),
                epochs::finding,
                this::auditFinding,
                arithmetic::finding,
                () -> revokedTokens
                        .complaint()
                        .map(Finding::down)
                        .orElseGet(() -> Finding.up("revoked access tokens are known")));
    }

    private Finding auditFinding() {
        AuditStatus trail = audit.appender().status();
        if (!trail.writable()) {
            return Finding.down(trail.sentence());
        }
        return checkpoints.complaint().map(Finding::down).orElseGet(() -> Finding.up(trail.sentence()));
    }

    private void announce() {
        boolean development = settings.site().profile() == Profile.DEVELOPMENT;
        KmsLog.LOG.starting(
                settings.site().kmsUri(),
                settings.site().node(),
                settings.site().profile().name().toLowerCase(Locale.ROOT));
        if (development) {
            KmsLog.LOG.developmentProfile();
        }
        if (settings.clients().plainKeysAllowed()) {
            KmsLog.LOG.plainKeysAllowed();
        }
        for (TokenIssuerSettings issuer : settings.issuers()) {
            if (issuer.development()) {
                KmsLog.LOG.developmentIssuer(issuer.name());
            }
            if (issuer.issOptional()) {
                KmsLog.LOG.lenientIssuer(issuer.name(), "iss");
            }
            if (issuer.audOptional()) {
                KmsLog.LOG.lenientIssuer(issuer.name(), "aud");
            }
            if (issuer.iatOptional()) {
                KmsLog.LOG.lenientIssuer(issuer.name(), "iat");
            }
        }
    }

    private void every(String name, Duration interval, Runnable task) {
        tasks.add(scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        KmsLog.LOG.backgroundTaskFailed(name, e);
                    }
                },
                0,
                interval.toMillis(),
                TimeUnit.MILLISECONDS));
    }

    /** Nothing is issued any more; the vault goes first, the audit trail, which records that, last. */
    @PreDestroy
    void stop() {
        boolean open = vault.status().state() != VaultState.INACTIVE;
        new StopSequence()
                .then("end its background tasks", () -> tasks.forEach(task -> task.cancel(false)))
                .then("let its workers end", bundleJob::close)
                .then("end the trial of its arithmetic", core::close)
                .then("close the vault", vault::close)
                .then("end the vault's threads", vaultThreads::close)
                .then("record the closing of the vault", () -> {
                    if (open) {
                        events.serverStops();
                    }
                })
                .then("record the counts of failed authentications", refusals::writeAllCounts)
                .then("close the audit trail", audit.appender()::close)
                .run();
        KmsLog.LOG.stopped(settings.site().node());
    }
}
