package org.mckms.kms.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.ExtractionRehearsal;
import org.mckms.kms.domain.GatheredExtraction;
import org.mckms.kms.domain.KeySetExtraction;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.SealCounts;
import org.mckms.kms.domain.TokenServices;
import org.mckms.kms.infrastructure.vault.Pkcs11MasterSecretVault;
import org.mckms.kms.infrastructure.vault.VaultEnvironment;
import org.mckms.mikeysakke.core.SakkeCores;
import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.mikeysakke.sakke.SakkeExtractor;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditArchive;
import org.mckms.platform.audit.AuditModule;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.Profile;
import org.mckms.platform.config.SettingsSource;
import org.mckms.platform.datakey.DataKeyWrapping;
import org.mckms.platform.datakey.TokenDataKeys;
import org.mckms.platform.persistence.CommitWriter;
import org.mckms.platform.persistence.Database;
import org.mckms.platform.persistence.Transactions;

/** Makes the parts that are one per server and stand on the container. */
@ApplicationScoped
public class ServerWiring {

    @Resource(lookup = "java:jboss/datasources/KmsDS")
    DataSource dataSource;

    @Resource(lookup = "java:jboss/datasources/KmsSchemaDS")
    DataSource schemaSource;

    @Resource(lookup = "java:jboss/ee/concurrency/factory/default")
    ManagedThreadFactory threads;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For keys that are drawn and not derived. */
    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    KmsSettings settings() {
        return SettingsSource.load();
    }

    @Produces
    @Singleton
    Database database() {
        return new Database(dataSource, schemaSource);
    }

    @Produces
    @Singleton
    CommitWriter commitWriter() {
        return new CommitWriter(dataSource);
    }

    /** The token is asked for only when a checkpoint is due: it needs the audit trail itself. */
    @Produces
    @Singleton
    AuditModule auditModule(KmsSettings settings, CommitWriter commits, Clock clock, Instance<TokenServices> tokens) {
        return AuditModule.over(
                dataSource,
                commits,
                settings.site().node(),
                settings.audit(),
                message -> tokens.get().signAuditCheckpoint(message),
                clock,
                threads);
    }

    @Produces
    @Singleton
    AuditTrail auditTrail(AuditModule audit) {
        return audit.appender();
    }

    @Produces
    @Singleton
    AuditArchive auditArchive(AuditModule audit) {
        return audit.archive();
    }

    @Produces
    @Singleton
    VaultEvents vaultEvents(AuditTrail audit) {
        return new VaultEvents(audit);
    }

    @Produces
    @Singleton
    VaultThreads vaultThreads() {
        return new VaultThreads(threads);
    }

    /** Serves as {@link MasterSecretVault} and as {@link TokenServices}; inactive until somebody gives the PIN. */
    @Produces
    @Singleton
    Pkcs11MasterSecretVault vault(KmsSettings settings, Clock clock, VaultThreads vaultThreads, VaultEvents events) {
        boolean production = settings.site().profile() == Profile.PRODUCTION;
        return new Pkcs11MasterSecretVault(new VaultEnvironment(
                settings.hsm(), settings.pin(), production, clock, vaultThreads.executor(), events));
    }

    @Produces
    @Singleton
    DataKeyWrapping dataKeyWrapping(Pkcs11MasterSecretVault vault, SealCounts counts) {
        return vault.dataKeyWrapping(counts);
    }

    @Produces
    @Singleton
    TokenDataKeys dataKeys(
            DataKeyWrapping wrapping,
            Transactions transactions,
            AuditTrail audit,
            KmsSettings settings,
            Clock clock,
            SecureRandom random) {
        return TokenDataKeys.over(
                wrapping,
                dataSource,
                transactions,
                new TamperEvents(audit),
                settings.site().node(),
                settings.site().kmsUri(),
                clock,
                random);
    }

    /** Serves at once; a faster core takes its place when it has proven itself. */
    @Produces
    @Singleton
    SelectedSakkeCore sakkeCore() {
        return SakkeCores.select(
                new SecureRandom(), threads, choice -> KmsLog.LOG.coreChosen(choice.core(), choice.reason()));
    }

    @Produces
    @Singleton
    SakkeExtractor sakkeExtractor(SelectedSakkeCore core) {
        return new SakkeExtractor(core, new SecureRandom());
    }

    /** Half of the processors calculate, the others do what else a request needs; what waits meanwhile costs less together. */
    @Produces
    @Singleton
    GatheredExtraction extraction(SakkeExtractor sakke, MasterSecretVault vault, VaultEvents events) {
        KeySetExtraction extraction = new KeySetExtraction(sakke, vault, events, new SecureRandom());
        return new GatheredExtraction(
                vault, extraction, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    @Produces
    @Singleton
    ArithmeticWatch arithmeticWatch(SelectedSakkeCore core, SakkeExtractor sakke) {
        return new ArithmeticWatch(core, new ExtractionRehearsal(sakke, new SecureRandom())::succeeds);
    }

    @Produces
    @Singleton
    EpochWatch epochWatch(
            EpochRegister epochs, EpochRules rules, MasterSecretVault vault, Transactions transactions, Clock clock) {
        return new EpochWatch(epochs, rules, vault, transactions, clock);
    }
}
