package org.mckms.gms.application;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mckms.gms.domain.GroupGuard;
import org.mckms.gms.domain.GroupKeyRegister;
import org.mckms.gms.domain.GroupMessages;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.gms.domain.KeyGenerations;
import org.mckms.gms.domain.KeyPlan;
import org.mckms.gms.domain.KeyUse;
import org.mckms.gms.domain.MemberRegister;
import org.mckms.gms.domain.RekeyJobRegister;
import org.mckms.gms.infrastructure.persistence.TestGroupRepositories;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.PinSources;
import org.mckms.platform.config.SettingsReader;
import org.mckms.platform.datakey.TestDataKeys;
import org.mckms.platform.hsm.ManualTime;
import org.mckms.platform.persistence.TestDatabase;
import org.mckms.platform.persistence.TestPersistence;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;

/** The use cases of groups over a database in memory and messages in clear, put together as the container does it. */
final class GroupRig implements AutoCloseable {

    static final String GMS = "sip:gms@example.org";
    static final String MANAGER = "sip:dispatcher@example.org";
    static final String GROUP = "sip:fire-7@example.org";
    static final String ALICE = "sip:alice@example.org";
    static final String BOB = "sip:bob@example.org";
    static final String CAROL = "sip:carol@partner.example";
    static final String PARTNER_KMS = "kms.partner.example";

    static final GroupCaller OWNER = caller(MANAGER);

    final ManualTime time = new ManualTime();
    final RecordedAudit audit = new RecordedAudit();
    final TestDatabase database = TestDatabase.migrated();
    final TestPersistence transactions = TestPersistence.over(database);
    final TestGroupRepositories rows = new TestGroupRepositories(transactions.entities());
    final RecordedTransactions recorded = new RecordedTransactions(transactions, audit);
    /** Who left which group last, as temporary groups are told. */
    final Map<String, Set<String>> left = new HashMap<>();

    final FakeMaking making = new FakeMaking();
    final GroupGuard guard;
    final GroupRegister register;
    final MemberRegister members;
    final GroupKeyRegister keys;
    final RekeyJobRegister jobRegister;
    final KeyGenerations generations;
    final Groups groups = new Groups();
    final Memberships memberships = new Memberships();
    final RekeyJobs jobs = new RekeyJobs();
    final GroupSupervision supervision = new GroupSupervision();
    final MemberDocuments documents = new MemberDocuments();
    final RekeyWork rekeyWork = new RekeyWork();
    /** A worker, until there is nothing more to be had. */
    final Runnable work = () -> {
        while (rekeyWork.step()) {}
    };

    final GroupClock clock = new GroupClock();
    final RekeyMaking rekeying = new RekeyMaking();
    final DocumentMaking documentMaking = new DocumentMaking();
    final GroupNotifications notifications = new GroupNotifications();
    final FakeCallbacks callbacks = new FakeCallbacks();
    private final GroupMessages messages;
    private final GroupRights rights = new GroupRights();
    private final Newcomers newcomers = new Newcomers();
    private final FirstPart firstPart = new FirstPart();
    private final KeyRevocation revocation = new KeyRevocation();
    private final JobViews views = new JobViews();
    private final JobControl control = new JobControl();

    GroupRig() {
        var dataKeys = TestDataKeys.inMemory();
        guard = new GroupGuard(dataKeys, GMS, new TamperEvents(audit));
        register = new GroupRegister(rows.groups(), guard);
        members = new MemberRegister(rows.members(), register, guard);
        keys = new GroupKeyRegister(rows.keys(), dataKeys, guard);
        jobRegister = new RekeyJobRegister(rows.jobs(), rows.parts(), guard);
        generations = new KeyGenerations(register, keys, members, rows.messages(), jobRegister, new SecureRandom());
        messages = new GroupMessages(rows.messages(), keys, making);
        rights.settings = settings();
        wireJobs();
        wireMemberships();
        wireGroups();
        wireDocuments();
        wireClock();
    }

    private static KmsSettings settings() {
        Map<String, String> values = new HashMap<>(Map.of(
                "kms.profile", "development",
                "kms.node", "node-1",
                "kms.uri", "kms.example.org",
                "kms.base-urls", "https://kms.example.org:8443",
                "kms.issuer-name", "Test issuer",
                "kms.domains", "example.org",
                "kms.plain-keys", "allowed",
                "kms.hsm.library", "/nonexistent/library.so",
                "kms.hsm.token-label", "kms-test",
                "kms.audit.checkpoint-dir", "/nonexistent/audit"));
        values.putAll(Map.of(
                "kms.issuer.idm.iss", "https://idm.example.org",
                "kms.issuer.idm.audience", "kms",
                "kms.issuer.idm.jwks", "/nonexistent/jwks.json",
                "kms.issuer.idm.identity-domains", "example.org",
                "kms.operator.olga.certificate-sha256", "1".repeat(64),
                "kms.operator.olga.roles", "officer"));
        values.putAll(Map.of(
                "kms.server.gms.kind", "gms",
                "kms.server.gms.uri", GMS,
                "kms.server.gms.certificate-sha256", "2".repeat(64),
                "kms.server.gms.client-id", "gms",
                "kms.server.gms.issuer", "idm"));
        values.putAll(Map.of(
                "gms.uri", GMS,
                "gms.store-dir", "/nonexistent/gms",
                "gms.token-file", "/nonexistent/token",
                "gms.tls.certificate", "/nonexistent/gms.pem",
                "gms.tls.key", "/nonexistent/gms.key",
                "gms.tls.trust", "/nonexistent/trust.pem",
                "gms.managers", MANAGER));
        return SettingsReader.read(values, PinSources.NONE);
    }

    private void wireJobs() {
        views.jobs = jobRegister;
        views.transactions = transactions;
        views.clock = time;
        control.jobs = jobRegister;
        control.views = views;
        control.recorded = recorded;
        control.clock = time;
        rekeying.groups = register;
        rekeying.keys = keys;
        rekeying.members = members;
        rekeying.jobs = jobRegister;
        rekeying.messages = messages;
        rekeying.stored = rows.messages();
        rekeying.waiting = rows.waiting();
        rekeying.notifications = notifications;
        rekeying.transactions = transactions;
        rekeying.recorded = recorded;
        rekeying.clock = time;
        firstPart.making = rekeying;
        firstPart.views = views;
        rekeyWork.making = rekeying;
        rekeyWork.jobs = jobRegister;
        rekeyWork.transactions = transactions;
        rekeyWork.clock = time;
        jobs.rights = rights;
        jobs.groups = register;
        jobs.jobs = jobRegister;
        jobs.control = control;
        jobs.views = views;
        jobs.transactions = transactions;
        supervision.groups = register;
        supervision.keys = keys;
        supervision.jobs = jobRegister;
        supervision.revocation = revocation;
        supervision.firstPart = firstPart;
        supervision.recorded = recorded;
        supervision.clock = time;
        supervision.control = control;
        supervision.views = views;
        supervision.transactions = transactions;
    }

    private void wireGroups() {
        revocation.keys = keys;
        revocation.generations = generations;
        newcomers.groups = register;
        newcomers.members = members;
        groups.rights = rights;
        groups.groups = register;
        groups.keys = keys;
        groups.generations = generations;
        groups.newcomers = newcomers;
        groups.revocation = revocation;
        groups.firstPart = firstPart;
        groups.members = members;
        groups.constituents = memberships.constituents;
        groups.transactions = transactions;
        groups.recorded = recorded;
        groups.clock = time;
    }

    private void wireMemberships() {
        memberships.rights = rights;
        memberships.groups = register;
        memberships.members = members;
        memberships.keys = keys;
        memberships.messages = rows.messages();
        memberships.generations = generations;
        memberships.jobs = jobRegister;
        memberships.newcomers = newcomers;
        memberships.firstPart = firstPart;
        memberships.constituents = (caller, group, leavers, now, trail) -> left.put(group, Set.copyOf(leavers));
        memberships.transactions = transactions;
        memberships.recorded = recorded;
        memberships.clock = time;
    }

    private void wireDocuments() {
        documentMaking.keys = keys;
        documentMaking.making = messages;
        documentMaking.messages = rows.messages();
        notifications.callbacks = callbacks;
        notifications.outbox = callbacks;
        notifications.exchange = callbacks;
        notifications.groups = register;
        notifications.members = members;
        notifications.making = documentMaking;
        notifications.documents = documents;
        notifications.transactions = transactions;
        notifications.recorded = recorded;
        notifications.clock = time;
        documents.groups = register;
        documents.members = members;
        documents.keys = keys;
        documents.messages = rows.messages();
        documents.making = documentMaking;
        documents.transactions = transactions;
        documents.recorded = recorded;
        documents.clock = time;
    }

    private void wireClock() {
        clock.groups = register;
        clock.keys = keys;
        clock.members = members;
        clock.jobs = jobRegister;
        clock.generations = generations;
        clock.waiting = rows.waiting();
        clock.making = making;
        clock.firstPart = firstPart;
        clock.transactions = transactions;
        clock.recorded = recorded;
        clock.clock = time;
    }

    static GroupCaller caller(String... uris) {
        return new GroupCaller(Set.of(uris), "192.0.2.1");
    }

    /** A group for media and floor control with some members of this domain. */
    GroupView create(String... uris) {
        return groups.create(OWNER, order(List.of(uris)));
    }

    /** The same with many members. */
    GroupView createLarge(int count) {
        return groups.create(
                OWNER,
                order(IntStream.rangeClosed(1, count).mapToObj(GroupRig::user).toList()));
    }

    static String user(int number) {
        return "sip:user" + number + "@example.org";
    }

    static GroupOrder order(List<String> uris) {
        return new GroupOrder(
                GROUP,
                "Fire 7",
                McService.MCPTT,
                KeyPlan.of(List.of(KeyUse.MEDIA, KeyUse.FLOOR)),
                uris.stream().map(MemberOrder::own).toList());
    }

    List<KeyIdentifier> keyIds() {
        return groups.find(OWNER, GROUP).keys().stream().map(key -> key.keyId()).toList();
    }

    /** As the member fetches it. */
    GktpDocument fetch(String memberUri) {
        return documents
                .documentOf(
                        caller(memberUri), new DocumentRequest(McService.MCPTT, Optional.of(GROUP), Optional.empty()))
                .orElseThrow()
                .document();
    }

    /** All messages of a document, GMKs first. */
    static List<org.mckms.protocol.group.Gktp> transports(GktpDocument document) {
        return List.of(document.gmk(), document.mkfc()).stream()
                .flatMap(Optional::stream)
                .map(KeyTransports::direct)
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() {
        transactions.close();
        database.close();
    }
}
