package org.mckms.kms.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.mckms.client.TlsMaterial;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.delivery.CallbackAnswer;
import org.mckms.platform.delivery.CallbackExchange;
import org.mckms.platform.delivery.CallbackPolicy;
import org.mckms.platform.delivery.DeliveryDesk;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.DeliveryModule;
import org.mckms.platform.delivery.DeliverySignal;
import org.mckms.platform.delivery.HostLookup;
import org.mckms.platform.delivery.HttpsCallbacks;
import org.mckms.platform.delivery.JdbcOutbox;
import org.mckms.platform.delivery.JmsDeliveryQueue;
import org.mckms.platform.delivery.NetworkCallbackPolicy;
import org.mckms.platform.delivery.SystemHostLookup;
import org.mckms.platform.persistence.Database;
import org.mckms.platform.persistence.Transactions;

/** Makes the outbox, and what delivers from it. */
@ApplicationScoped
public class DeliveryWiring {

    @Resource(lookup = "java:jboss/datasources/KmsDS")
    DataSource dataSource;

    @Resource(lookup = "java:jboss/DefaultJMSConnectionFactory")
    ConnectionFactory connections;

    @Resource(lookup = "java:/jms/queue/kmsDeliveries")
    Queue queue;

    @Resource(lookup = "java:jboss/ee/concurrency/executor/default")
    ManagedExecutorService executor;

    @Resource(lookup = "java:jboss/ee/concurrency/scheduler/default")
    ManagedScheduledExecutorService scheduler;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    /** The handlers may order deliveries themselves: the pump is asked for only when it is to run. */
    @Produces
    @Singleton
    DeliverySignal deliverySignal(Instance<DeliveryModule> deliveries) {
        return new DeliverySignal(scheduler, () -> deliveries.get().pump().run());
    }

    @Produces
    @Singleton
    JdbcOutbox outbox(Clock clock, DeliverySignal signal) {
        return new JdbcOutbox(dataSource, clock, () -> transaction.registerInterposedSynchronization(raised(signal)));
    }

    private static Synchronization raised(DeliverySignal signal) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing is to be done before
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    signal.raise();
                }
            }
        };
    }

    @Produces
    @Singleton
    DeliveryModule deliveries(
            Transactions transactions,
            Database database,
            @Any Instance<DeliveryHandler> handlers,
            KmsSettings settings,
            AuditTrail audit,
            Clock clock,
            SecureRandom random) {
        return DeliveryModule.over(
                dataSource,
                transactions,
                () -> database.state().ready(),
                new JmsDeliveryQueue(connections, queue),
                handlers,
                settings.site().node(),
                settings.delivery(),
                audit,
                clock,
                random);
    }

    /** Without a GMS nobody names addresses, and none is called. */
    @Produces
    @Singleton
    CallbackPolicy callbackPolicy(KmsSettings settings) {
        Duration limit = settings.gms().map(gms -> gms.callbacks().timeout()).orElse(Duration.ZERO);
        HostLookup lookup = settings.gms().isPresent() ? new SystemHostLookup(executor, limit) : host -> List.of();
        return new NetworkCallbackPolicy(
                settings.gms().map(gms -> gms.callbacks().allowed()).orElse(List.of()), lookup);
    }

    @Produces
    @Singleton
    CallbackExchange callbacks(CallbackPolicy policy, KmsSettings settings) {
        return settings.gms()
                .map(GmsSettings::callbacks)
                .<CallbackExchange>map(callbacks -> new HttpsCallbacks(
                        policy,
                        () -> TlsMaterial.trusting(callbacks.trust()).context(),
                        callbacks.timeout(),
                        scheduler))
                .orElse((address, mediaType, body, headers) ->
                        new CallbackAnswer.Refused("this server has no GMS and calls nobody"));
    }

    @Produces
    @Singleton
    DeliveryDesk deliveryDesk(DeliveryModule deliveries) {
        return deliveries.desk();
    }
}
