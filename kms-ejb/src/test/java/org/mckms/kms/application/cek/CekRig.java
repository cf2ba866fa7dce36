package org.mckms.kms.application.cek;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.mckms.kms.application.RequestAdmission;
import org.mckms.kms.application.ServerDevices;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.cek.CekGenerator;
import org.mckms.kms.domain.cek.CekPolicy;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.CekSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.datakey.TestDataKeys;
import org.mckms.platform.delivery.DeliveryHandler;
import org.mckms.platform.delivery.JdbcOutbox;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.platform.persistence.Transactions;

/** The use cases of content encryption keys, put together as the container does it. */
public final class CekRig {

    public final ContentKeys keys = new ContentKeys();
    public final ProvisionedCeks provisioned = new ProvisionedCeks();
    public final CekEndings endings = new CekEndings();
    public final CekSupervision supervision = new CekSupervision();
    public final CekSweep sweep = new CekSweep();
    public final CekRegister register;
    public final CekPolicy policy;
    private final ServersCeks servers = new ServersCeks();
    private final CekGranting granting = new CekGranting();
    private final CekLife life = new CekLife();
    private final CekDesk desk = new CekDesk();
    private final CekEndOrders ends = new CekEndOrders();
    private final CekWaiting waiting = new CekWaiting();
    private final StandingTokens tokens = new StandingTokens();

    /** Fresh for ever: nobody looks for the revocations of other nodes here. */
    public final RevokedTokens revoked = new RevokedTokens(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    /** What a server under test has made already. */
    public record Server(
            KmsSettings settings,
            Clock clock,
            AuditTrail audit,
            TestPersistence transactions,
            RecordedTransactions recorded,
            InMemoryMasterSecretVault vault,
            IdentityRegister identities,
            CallerRules rules,
            RequestAdmission admission,
            CekRepository rows) {}

    public CekRig(Server server) {
        policy = server.settings().cek().map(CekSettings::policy).orElse(CekPolicy.STANDARD);
        register = new CekRegister(
                server.rows(),
                TestDataKeys.inMemory(),
                server.settings().site().kmsUri(),
                new TamperEvents(server.audit()),
                policy,
                server.transactions()::beforeCommit);
        CekGenerator generator = new CekGenerator(new SecureRandom(), server.vault(), server.clock());
        wireLife(server, generator);
        wireRequests(server);
        wireOthers(server);
    }

    private void wireLife(Server server, CekGenerator generator) {
        life.register = register;
        life.generator = generator;
        life.outbox = new JdbcOutbox(server.transactions().dataSource(), server.clock(), () -> {});
        life.waiting = waiting;
        life.beforeCommit = server.transactions()::beforeCommit;
        life.afterCommit = server.transactions()::afterCommit;
        granting.identities = server.identities();
        granting.rules = server.rules();
        granting.register = register;
        granting.policy = policy;
        granting.generator = generator;
        granting.life = life;
        granting.tokens = tokens;
        tokens.revoked = revoked;
        tokens.endings = endings;
        tokens.recorded = server.recorded();
        servers.register = register;
        servers.policy = policy;
        servers.life = life;
        servers.clock = server.clock();
    }

    private void wireRequests(Server server) {
        desk.settings = server.settings();
        desk.policy = policy;
        desk.recorded = server.recorded();
        ends.register = register;
        ends.life = life;
        ends.desk = desk;
        ends.rules = server.rules();
        ends.identities = server.identities();
        ends.vault = server.vault();
        ends.clock = server.clock();
        keys.admission = server.admission();
        keys.desk = desk;
        keys.granting = granting;
        keys.ends = ends;
        keys.servers = servers;
        keys.register = register;
        keys.rows = server.rows();
        keys.tokens = tokens;
        keys.waiting = waiting;
        keys.transactions = server.transactions();
        keys.settings = server.settings();
    }

    private void wireOthers(Server server) {
        provisioned.settings = server.settings();
        provisioned.granting = granting;
        provisioned.tokens = tokens;
        provisioned.policy = policy;
        endings.register = register;
        endings.life = life;
        endings.clock = server.clock();
        supervision.register = register;
        supervision.rows = server.rows();
        supervision.endings = endings;
        supervision.identities = server.identities();
        supervision.transactions = server.transactions();
        supervision.recorded = server.recorded();
        sweep.register = register;
        sweep.rows = server.rows();
        sweep.policy = policy;
        sweep.granting = granting;
        sweep.life = life;
        sweep.recorded = server.recorded();
        sweep.settings = server.settings();
        sweep.clock = server.clock();
    }

    /** What servers are told, and what they say. */
    public CekChanges changes() {
        return servers;
    }

    /** What brings it to them. */
    public DeliveryHandler delivery(Server server, ServerDevices devices, McServerChannel channel) {
        return delivery(server, servers, server.transactions(), devices, channel);
    }

    /** The same with changes and transactions of the test. */
    public static DeliveryHandler delivery(
            Server server,
            CekChanges changes,
            Transactions transactions,
            ServerDevices devices,
            McServerChannel channel) {
        CekDelivery delivery = new CekDelivery();
        delivery.changes = changes;
        delivery.devices = devices;
        delivery.channel = channel;
        delivery.transactions = transactions;
        delivery.recorded = server.recorded();
        delivery.settings = server.settings();
        delivery.clock = server.clock();
        return delivery;
    }
}
