package org.mckms.kms.application;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.mckms.kms.application.cek.CekRig;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKeysRegister;
import org.mckms.kms.domain.ClientKeysRotation;
import org.mckms.kms.domain.ClientKeysSafe;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.ExternalCertificateRegister;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.IssuanceRecords;
import org.mckms.kms.domain.IssueAdvanceRegister;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.PeriodWindow;
import org.mckms.kms.domain.ProvisioningRequest;
import org.mckms.kms.domain.RequestChecks;
import org.mckms.kms.domain.RevisionMarks;
import org.mckms.kms.domain.RowGuard;
import org.mckms.kms.domain.SelfCheckAlarm;
import org.mckms.kms.domain.TestArithmetic;
import org.mckms.kms.infrastructure.persistence.TestRepositories;
import org.mckms.kms.infrastructure.vault.InMemoryMasterSecretVault;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.identity.NtpTimestamp;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.PinSources;
import org.mckms.platform.config.Profile;
import org.mckms.platform.config.SettingsReader;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.protocol.message.KmsResponse;

/** All use cases over a database in memory and a token in memory, put together as the container does it. */
final class ServerRig implements AutoCloseable {

    static final String ALICE = "sip:alice@example.org";
    static final String BOB = "sip:bob@example.org";
    static final String GMS = "sip:gms@example.org";
    static final String MCPTT = "sip:mcptt@example.org";
    static final String MCDATA = "sip:mcdata@example.org";
    static final String PARTNER_GMS = "sip:gms@partner.example";
    static final String KMS_URI = "kms.example.org";
    static final String BASE = "https://kms.example.org:8443";
    static final String PATH = "/keymanagement/identity/v1/keyprov";

    /** Content encryption keys with {@link #MCPTT}, and with {@link #MCDATA} for who asks for it; nobody waits. */
    static final Map<String, String> WITH_CEKS = Map.ofEntries(
            Map.entry("kms.server.mcptt.kind", "mc-server"),
            Map.entry("kms.server.mcptt.uri", MCPTT),
            Map.entry("kms.server.mcptt.certificate-sha256", "5".repeat(64)),
            Map.entry("kms.server.mcptt.client-id", "mcptt"),
            Map.entry("kms.server.mcptt.issuer", "idm"),
            Map.entry("kms.server.mcdata.kind", "mc-server"),
            Map.entry("kms.server.mcdata.uri", MCDATA),
            Map.entry("kms.server.mcdata.certificate-sha256", "6".repeat(64)),
            Map.entry("kms.server.mcdata.client-id", "mcdata"),
            Map.entry("kms.server.mcdata.issuer", "idm"),
            Map.entry("kms.server.mcptt.cek-url", "https://mcptt.example.org/ceks"),
            Map.entry("kms.server.mcdata.cek-url", "https://mcdata.example.org/ceks"),
            Map.entry("kms.cek.tls.certificate", "/nonexistent/kms.pem"),
            Map.entry("kms.cek.tls.key", "/nonexistent/kms.key"),
            Map.entry("kms.cek.tls.trust", "/nonexistent/trust.pem"),
            Map.entry("kms.cek.server", "mcptt"),
            Map.entry("kms.cek.wait", "PT0S"));

    /** Thirty days, as in the example of TS 33.180 annex F.2.1. */
    static final KeyPeriodSchedule SCHEDULE = new KeyPeriodSchedule(2_592_000, 0);

    static final OperatorIdentity OFFICER = operator("olga", "1", OperatorRole.OFFICER);
    static final OperatorIdentity OTHER_OFFICER = operator("omar", "2", OperatorRole.OFFICER);
    static final OperatorIdentity OPERATOR = operator("peter", "3", OperatorRole.OPERATOR);
    static final OperatorIdentity AUDITOR = operator("anna", "4", OperatorRole.AUDITOR);

    final ManualTime time = new ManualTime();
    final RecordedAudit audit = new RecordedAudit();
    final TestDatabase database = TestDatabase.migrated();
    final TestPersistence transactions = TestPersistence.over(database);
    final InMemoryMasterSecretVault vault = InMemoryMasterSecretVault.ready();
    final KmsSettings settings;
    final EpochRegister epochs;
    final IdentityRegister identities;
    final ExternalCertificateRegister external;
    final KeyProvisioning provisioning = new KeyProvisioning();
    final KmsInitialisation initialisation = new KmsInitialisation();
    final CertificateCache certificateCache = new CertificateCache();
    final CertificateOfKms certificateOfKms = new CertificateOfKms();
    final Discovery discovery = new Discovery();
    final Ceremony ceremony = new Ceremony();
    final VaultActivation activation = new VaultActivation();
    final Identities operatorsIdentities = new Identities();
    final Epochs operatorsEpochs = new Epochs();
    final PartnerCertificates partnerCertificates = new PartnerCertificates();
    final OwnCertificate ownCertificate = new OwnCertificate();
    final RefusalAudit refusals = new RefusalAudit();
    final RequestAdmission admission = new RequestAdmission();
    final DeviceAdmission devices = new DeviceAdmission();
    final RevisionMarks marks = new RevisionMarks(1000);
    final ClientKeysRegister clientKeys;
    final ClientKeysRotation rotation;
    final List<EpochId> alarms = new CopyOnWriteArrayList<>();
    final SwitchedTransactions committing = new SwitchedTransactions(transactions);
    final RecordedTransactions recorded = new RecordedTransactions(committing, audit);
    final EpochRules epochRules;
    AnswerForm lastForm = new AnswerForm();
    final CallerRules rules;
    final PeriodWindow window;
    final TestRepositories repositories = new TestRepositories(transactions.entities());
    final CekRig.Server cekServer;
    final CekRig ceks;

    ServerRig() {
        this(Map.of());
    }

    /** With some settings other than the usual ones. */
    ServerRig(Map<String, String> changes) {
        this(changes, PinSources.NONE);
    }

    /** With a PIN from somewhere. */
    ServerRig(Map<String, String> changes, PinSources pins) {
        settings = SettingsReader.read(values(changes), pins);
        RowGuard guard = new RowGuard(vault, KMS_URI, new TamperEvents(audit));
        IssuanceRecords issuances = repositories.issuances();
        epochs = new EpochRegister(repositories.epochs(), guard);
        identities = new IdentityRegister(repositories.identities(transactions.dataSource()), issuances, guard, marks);
        external = new ExternalCertificateRegister(repositories.externalCertificates(), guard);
        epochRules = new EpochRules(settings.site().profile() == Profile.PRODUCTION, settings.pinInEnvironment());
        clientKeys = new ClientKeysRegister(
                repositories.clientKeys(transactions.dataSource()),
                new ClientKeysSafe(vault, repositories.sealCounts(), guard),
                marks);
        rotation = new ClientKeysRotation(clientKeys, settings.clients().rotateAfter(), new SecureRandom());
        rules = new CallerRules(
                Map.of(
                        GMS, ClientKind.GMS,
                        PARTNER_GMS, ClientKind.PARTNER_GMS,
                        MCPTT, ClientKind.MC_SERVER,
                        MCDATA, ClientKind.MC_SERVER),
                Set.of("idm", "dev"),
                Set.of("dev"),
                epochRules);
        window = new PeriodWindow(Duration.ofDays(1), 1);
        cekServer = new CekRig.Server(
                settings,
                time,
                audit,
                transactions,
                recorded,
                vault,
                identities,
                rules,
                admission,
                repositories.ceks(transactions.dataSource()));
        ceks = new CekRig(cekServer);
        wireClients(issuances);
        wireOperators(guard);
        wirePartners();
    }

    private void wirePartners() {
        partnerCertificates.certificates = external;
        partnerCertificates.vault = vault;
        partnerCertificates.transactions = transactions;
        partnerCertificates.recorded = recorded;
        partnerCertificates.settings = settings;
        partnerCertificates.clock = time;
        ownCertificate.epochs = epochs;
        ownCertificate.token = vault;
        ownCertificate.transactions = transactions;
        ownCertificate.audit = audit;
        ownCertificate.clock = time;
        certificateOfKms.admission = admission;
        certificateOfKms.transactions = transactions;
        certificateOfKms.certificates = external;
        certificateOfKms.settings = settings;
        certificateOfKms.audit = audit;
        discovery.admission = admission;
        discovery.transactions = transactions;
        discovery.certificates = external;
        discovery.settings = settings;
        discovery.audit = audit;
    }

    private static OperatorIdentity operator(String name, String digit, OperatorRole role) {
        return new OperatorIdentity(name, Set.of(role), digit.repeat(64));
    }

    private static Map<String, String> values(Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(Map.ofEntries(
                Map.entry("kms.profile", "development"),
                Map.entry("kms.node", "node-1"),
                Map.entry("kms.uri", KMS_URI),
                Map.entry("kms.base-urls", BASE),
                Map.entry("kms.issuer-name", "Test issuer"),
                Map.entry("kms.domains", "example.org"),
                Map.entry("kms.plain-keys", "allowed"),
                Map.entry("kms.hsm.library", "/nonexistent/library.so"),
                Map.entry("kms.hsm.token-label", "kms-test"),
                Map.entry("kms.issuer.idm.iss", "https://idm.example.org"),
                Map.entry("kms.issuer.idm.audience", "kms"),
                Map.entry("kms.issuer.idm.jwks", "/nonexistent/jwks.json"),
                Map.entry("kms.issuer.idm.identity-domains", "example.org"),
                Map.entry("kms.operator.olga.certificate-sha256", "1".repeat(64)),
                Map.entry("kms.operator.olga.roles", "officer"),
                Map.entry(
                        "kms.audit.checkpoint-dir",
                        Path.of("/nonexistent/audit").toString())));
        values.putAll(changes);
        return values;
    }

    private void wireClients(IssuanceRecords issuances) {
        admission.rules = rules;
        admission.checks = new RequestChecks(KMS_URI, List.of(BASE), Duration.ofSeconds(60));
        admission.identities = identities;
        admission.devices = devices;
        admission.clientKeys = clientKeys;
        admission.recorded = recorded;
        admission.vault = vault;
        admission.clock = time;
        devices.clientKeys = clientKeys;
        devices.rotation = rotation;
        devices.identities = identities;
        devices.seen = repositories.seenRequests(transactions.dataSource());
        devices.settings = settings;
        SelfCheckAlarm alarm = (epoch, uri, failures) -> alarms.add(epoch);
        KeySetIssue issue = new KeySetIssue();
        issue.vault = vault;
        issue.extraction = TestArithmetic.gathered(vault, alarm);
        issue.issuances = issuances;
        issue.rules = rules;
        issue.alarm = alarm;
        provisioning.admission = admission;
        provisioning.recorded = recorded;
        provisioning.identities = identities;
        provisioning.epochs = epochs;
        provisioning.window = window;
        provisioning.rules = rules;
        provisioning.keySetIssue = issue;
        provisioning.ceks = ceks.provisioned;
        provisioning.settings = settings;
        initialisation.admission = admission;
        initialisation.transactions = transactions;
        initialisation.epochs = epochs;
        initialisation.window = window;
        initialisation.rules = rules;
        initialisation.settings = settings;
        initialisation.audit = audit;
        certificateCache.admission = admission;
        certificateCache.transactions = transactions;
        certificateCache.certificates = external;
        certificateCache.settings = settings;
        certificateCache.audit = audit;
        refusals.audit = audit;
        refusals.clock = time;
    }

    private void wireOperators(RowGuard guard) {
        ceremony.vault = vault;
        ceremony.epochs = epochs;
        ceremony.seals = repositories.sealCounts();
        ceremony.transactions = transactions;
        ceremony.recorded = recorded;
        ceremony.epochRules = epochRules;
        ceremony.audit = audit;
        ceremony.settings = settings;
        ceremony.clock = time;
        activation.vault = vault;
        activation.epochs = epochs;
        activation.transactions = transactions;
        activation.epochRules = epochRules;
        activation.audit = audit;
        activation.clock = time;
        IssueCounters counters = new IssueCounters();
        counters.identities = identities;
        counters.requests = new IssueAdvanceRegister(repositories.issueAdvances(), guard);
        operatorsIdentities.identities = identities;
        operatorsIdentities.issueCounters = counters;
        operatorsIdentities.ceks = ceks.endings;
        operatorsIdentities.rules = rules;
        operatorsIdentities.vault = vault;
        operatorsIdentities.transactions = transactions;
        operatorsIdentities.recorded = recorded;
        operatorsIdentities.clock = time;
        operatorsEpochs.epochs = epochs;
        operatorsEpochs.external = external;
        operatorsEpochs.transactions = transactions;
        operatorsEpochs.clock = time;
    }

    /** A development epoch from a month before to two years after the present. */
    EpochView epoch() {
        return ceremony.createEpoch(OFFICER, order(EpochPurpose.DEVELOPMENT, "cert1.kms.example.org"));
    }

    EpochOrder order(EpochPurpose purpose, String certUri) {
        return new EpochOrder(
                purpose,
                certUri,
                time.instant().minus(Duration.ofDays(31)),
                time.instant().plus(Duration.ofDays(730)),
                SCHEDULE);
    }

    /** As the servlet does; the form stays for the test to look at. */
    KmsResponse provision(AuthenticatedIdentity caller, ProvisioningRequest request) {
        lastForm = new AnswerForm();
        return provisioning.provision(caller, request, lastForm);
    }

    /** As the servlet does; the form stays for the test to look at. */
    KmsResponse initialise(AuthenticatedIdentity caller, InitRequest request) {
        lastForm = new AnswerForm();
        return initialisation.initialise(caller, request, lastForm);
    }

    static AuthenticatedIdentity user(String... uris) {
        return new AuthenticatedIdentity(ClientKind.MC_CLIENT, List.of(uris), "idm", "subject", "client", "192.0.2.1");
    }

    static AuthenticatedIdentity server(ClientKind kind, String uri) {
        return new AuthenticatedIdentity(kind, List.of(uri), "idm", "subject", "gms", "192.0.2.2");
    }

    static ProvisioningRequest request() {
        return new ProvisioningRequest(Optional.empty(), Optional.empty(), Optional.empty(), PATH);
    }

    static ProvisioningRequest request(String uri) {
        return new ProvisioningRequest(Optional.of(uri), Optional.empty(), Optional.empty(), PATH + "/" + uri);
    }

    static ProvisioningRequest request(String uri, Instant at) {
        NtpTimestamp asked = NtpTimestamp.of(at);
        return new ProvisioningRequest(
                Optional.of(uri), Optional.of(asked), Optional.empty(), PATH + "/" + uri + "/" + asked.toHex());
    }

    @Override
    public void close() {
        vault.close();
        transactions.close();
        database.close();
    }
}
