package org.mckms.kms.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.stream.Collectors;
import org.mckms.kms.application.BundleWork;
import org.mckms.kms.domain.BundleFiles;
import org.mckms.kms.domain.BundleJobRegister;
import org.mckms.kms.domain.BundleJobRepository;
import org.mckms.kms.domain.BundleWindow;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKeysRegister;
import org.mckms.kms.domain.ClientKeysRepository;
import org.mckms.kms.domain.ClientKeysRotation;
import org.mckms.kms.domain.ClientKeysSafe;
import org.mckms.kms.domain.ClientStore;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRepository;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.kms.domain.ExternalCertificateRepository;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.IdentityRepository;
import org.mckms.kms.domain.IssuanceRecords;
import org.mckms.kms.domain.IssueAdvanceRegister;
import org.mckms.kms.domain.IssueAdvanceRepository;
import org.mckms.kms.domain.PeriodWindow;
import org.mckms.kms.domain.RegistrationRequestRegister;
import org.mckms.kms.domain.RegistrationRequestRepository;
import org.mckms.kms.domain.RequestChecks;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.kms.domain.RowGuard;
import org.mckms.kms.domain.SealCounts;
import org.mckms.kms.domain.TokenServices;
import org.mckms.kms.domain.token.RevokedTokens;
import org.mckms.kms.infrastructure.files.BundleDirectory;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.Profile;
import org.mckms.platform.config.ServerEntry;
import org.mckms.platform.config.TokenIssuerSettings;
import org.mckms.platform.jobs.ContainerExecutions;
import org.mckms.platform.jobs.NodeJob;

/** Makes the rules and registers of the domain out of settings and ports. */
@ApplicationScoped
public class DomainWiring {

    /** The batch job that makes bundles. */
    static final String BUNDLE_JOB = "bundles";

    /** Devices and identities whose newest revisions are remembered; a quarter of a million take some 20 MB. */
    private static final int MAX_MARKS = 250_000;

    @Produces
    @Singleton
    RowGuard rowGuard(TokenServices tokens, KmsSettings settings, AuditTrail audit) {
        return new RowGuard(tokens, settings.site().kmsUri(), new TamperEvents(audit));
    }

    @Produces
    @Singleton
    IdentityRegister identityRegister(
            IdentityRepository rows, IssuanceRecords issuances, RowGuard guard, RevisionMarks marks) {
        return new IdentityRegister(rows, issuances, guard, marks);
    }

    @Produces
    @Singleton
    RevisionMarks revisionMarks() {
        return new RevisionMarks(MAX_MARKS);
    }

    @Produces
    @Singleton
    RevokedTokens revokedTokens(Clock clock) {
        return new RevokedTokens(clock);
    }

    @Produces
    @Singleton
    ClientKeysRegister clientKeysRegister(
            ClientKeysRepository rows, ClientStore store, SealCounts counts, RowGuard guard, RevisionMarks marks) {
        return new ClientKeysRegister(rows, new ClientKeysSafe(store, counts, guard), marks);
    }

    @Produces
    @Singleton
    ClientKeysRotation clientKeysRotation(ClientKeysRegister register, KmsSettings settings) {
        return new ClientKeysRotation(register, settings.clients().rotateAfter(), new SecureRandom());
    }

    @Produces
    @Singleton
    EpochRegister epochRegister(EpochRepository rows, RowGuard guard) {
        return new EpochRegister(rows, guard);
    }

    @Produces
    @Singleton
    ExternalCertificateRegister externalCertificates(ExternalCertificateRepository rows, RowGuard guard) {
        return new ExternalCertificateRegister(rows, guard);
    }

    @Produces
    @Singleton
    IssueAdvanceRegister issueAdvances(IssueAdvanceRepository rows, RowGuard guard) {
        return new IssueAdvanceRegister(rows, guard);
    }

    @Produces
    @Singleton
    PeriodWindow periodWindow(KmsSettings settings) {
        return new PeriodWindow(settings.window().pastGrace(), settings.window().futurePeriods());
    }

    @Produces
    @Singleton
    RequestChecks requestChecks(KmsSettings settings) {
        return new RequestChecks(
                settings.site().kmsUri(),
                settings.site().baseUrls(),
                settings.window().requestTime());
    }

    @Produces
    @Singleton
    EpochRules epochRules(KmsSettings settings) {
        return new EpochRules(settings.site().profile() == Profile.PRODUCTION, settings.pinInEnvironment());
    }

    @Produces
    @Singleton
    CallerRules callerRules(KmsSettings settings, EpochRules epochRules) {
        return new CallerRules(
                settings.servers().stream().collect(Collectors.toMap(ServerEntry::uri, ServerEntry::kind)),
                settings.issuers().stream().map(TokenIssuerSettings::name).collect(Collectors.toSet()),
                settings.issuers().stream()
                        .filter(TokenIssuerSettings::development)
                        .map(TokenIssuerSettings::name)
                        .collect(Collectors.toSet()),
                epochRules);
    }

    @Produces
    @Singleton
    RegistrationRequestRegister registrationRequests(RegistrationRequestRepository rows, RowGuard guard) {
        return new RegistrationRequestRegister(rows, guard);
    }

    @Produces
    @Singleton
    BundleJobRegister bundleJobs(BundleJobRepository rows, RowGuard guard) {
        return new BundleJobRegister(rows, guard);
    }

    @Produces
    @Singleton
    BundleWindow bundleWindow(KmsSettings settings) {
        return new BundleWindow(settings.bundles().maxPeriods());
    }

    @Produces
    @Singleton
    BundleFiles bundleFiles(KmsSettings settings) {
        return new BundleDirectory(settings.bundles().directory());
    }

    @Produces
    @Singleton
    @Named(BUNDLE_JOB)
    NodeJob bundleJob(BundleWork work, KmsSettings settings) {
        return new NodeJob(
                BUNDLE_JOB,
                settings.bundles().workers(),
                new NodeJob.Work(work::isOpen, work::step),
                new ContainerExecutions());
    }
}
