package org.mckms.kms.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.mckms.kms.domain.CallerRules;
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
import org.mckms.kms.domain.RequestChecks;
import org.mckms.kms.domain.RowGuard;
import org.mckms.kms.domain.TokenServices;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.Profile;
import org.mckms.platform.config.ServerEntry;
import org.mckms.platform.config.TokenIssuerSettings;

/** Makes the rules and registers of the domain out of settings and ports. */
@ApplicationScoped
public class DomainWiring {

    @Produces
    @Singleton
    RowGuard rowGuard(TokenServices tokens, KmsSettings settings, AuditTrail audit) {
        return new RowGuard(tokens, settings.site().kmsUri(), new TamperEvents(audit));
    }

    @Produces
    @Singleton
    IdentityRegister identityRegister(IdentityRepository rows, IssuanceRecords issuances, RowGuard guard) {
        return new IdentityRegister(rows, issuances, guard);
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
}
