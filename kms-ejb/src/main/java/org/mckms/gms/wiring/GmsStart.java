package org.mckms.gms.wiring;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mckms.gms.infrastructure.kms.GmsAccount;
import org.mckms.platform.KmsLog;

/**
 * Starts and ends the GMS as a client of its KMS. It follows the vault, and the KMS does not wait for it: neither the
 * deployment nor readiness depends on what happens here.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class GmsStart {

    private static final Duration STEP = Duration.ofSeconds(1);

    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    ManagedScheduledExecutorService scheduler;

    @Inject
    Optional<GmsAccount> account;

    private Optional<ScheduledFuture<?>> steps = Optional.empty();

    @PostConstruct
    void start() {
        steps = account.map(present ->
                scheduler.scheduleWithFixedDelay(() -> step(present), 0, STEP.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void step(GmsAccount account) {
        try {
            account.step();
        } catch (RuntimeException e) {
            KmsLog.LOG.backgroundTaskFailed("follow the vault with the keys of the GMS", e);
        }
    }

    @PreDestroy
    void stop() {
        steps.ifPresent(task -> task.cancel(false));
        account.ifPresent(GmsAccount::close);
    }
}
