package org.mckms.gms.wiring;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mckms.gms.application.GroupClock;
import org.mckms.gms.application.regroup.RegroupWatch;
import org.mckms.gms.domain.GmsIdentity;
import org.mckms.gms.infrastructure.kms.GmsAccount;
import org.mckms.platform.KmsLog;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.jobs.NodeJob;

/**
 * Starts and ends the GMS: as a client of its KMS, and what it does by its own clock. It follows the vault, and the KMS does
 * not wait for it: neither the deployment nor readiness depends on what happens here.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class GmsStart {

    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(15);
    private static final Duration SWEEP = Duration.ofMinutes(10);

    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    ManagedScheduledExecutorService scheduler;

    @Inject
    Optional<GmsAccount> account;

    @EJB
    GroupClock clock;

    @EJB
    RegroupWatch regroups;

    @Inject
    @Named(GroupWiring.KEYS_JOB)
    NodeJob keys;

    @Inject
    KmsSettings settings;

    @Inject
    GmsIdentity identity;

    private final List<ScheduledFuture<?>> tasks = new ArrayList<>();

    @PostConstruct
    void start() {
        account.ifPresent(present -> every("follow the vault with the keys of the GMS", STEP, present::step));
        settings.gms().ifPresent(gms -> {
            every("start workers for messages with keys of groups", STEP, keys::look);
            everyWhenReady("make scheduled generations of keys", STEP, clock::rekeyWhatIsDue);
            everyWhenReady("make messages that waited for a certificate", RETRY, clock::retryWhatWaited);
            everyWhenReady("look after regroups", STEP, regroups::look);
            everyWhenReady("erase keys of groups that are over", SWEEP, clock::sweep);
        });
    }

    /** Without keys of its own, and so without an active vault, the GMS has nothing to do. */
    private void everyWhenReady(String name, Duration interval, Runnable task) {
        every(name, interval, () -> {
            if (identity.state().up()) {
                task.run();
            }
        });
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

    @PreDestroy
    void stop() {
        tasks.forEach(task -> task.cancel(false));
        keys.close();
        account.ifPresent(GmsAccount::close);
    }
}
