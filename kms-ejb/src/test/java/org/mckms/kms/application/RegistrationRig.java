package org.mckms.kms.application;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.mckms.kms.domain.BundleItems;
import org.mckms.kms.domain.BundleJobId;
import org.mckms.kms.domain.BundleJobRegister;
import org.mckms.kms.domain.BundleWindow;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.RegistrationRequestRegister;
import org.mckms.kms.domain.RowGuard;
import org.mckms.kms.domain.SelfCheckAlarm;
import org.mckms.kms.domain.TestArithmetic;
import org.mckms.kms.infrastructure.files.BundleDirectory;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.protocol.sealed.Opener;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Registration and bundle jobs over a {@link ServerRig} with an epoch. */
final class RegistrationRig implements AutoCloseable {

    static final char[] PASSPHRASE = "correct horse battery staple 7".toCharArray();

    final ServerRig server = new ServerRig();
    final RegistrationRequests requests = new RegistrationRequests();
    final ClientRegistration registration = new ClientRegistration();
    final BundleItems items = server.repositories.bundleItems();
    final BundleJobRegister register;
    final BundleDirectory files;
    final BundleMaking making = new BundleMaking();
    final BundleJobs jobs = new BundleJobs();
    final BundleWork bundleWork = new BundleWork();
    /** A worker, until there is nothing more to be had. */
    final Runnable work = () -> {
        while (bundleWork.step()) {}
    };

    private final RowGuard guard;

    RegistrationRig(Path folder) {
        guard = new RowGuard(server.vault, ServerRig.KMS_URI, new TamperEvents(server.audit));
        register = new BundleJobRegister(server.repositories.bundleJobs(), guard);
        files = new BundleDirectory(Optional.of(folder));
        wireRegistration();
        wireMaking();
        wireJobs();
        server.epoch();
    }

    private void wireRegistration() {
        requests.requests = new RegistrationRequestRegister(server.repositories.registrationRequests(), guard);
        requests.rules = server.rules;
        RegistrationSealing sealing = new RegistrationSealing();
        sealing.epochs = server.epochs;
        sealing.window = server.window;
        sealing.tokens = server.vault;
        sealing.settings = server.settings;
        sealing.random = new SecureRandom();
        registration.clientKeys = server.clientKeys;
        registration.requests = requests;
        registration.sealing = sealing;
        registration.rotation = server.rotation;
        registration.vault = server.vault;
        registration.transactions = server.transactions;
        registration.recorded = server.recorded;
        registration.clock = server.time;
    }

    private void wireMaking() {
        BundleRecipients recipients = new BundleRecipients();
        recipients.identities = server.identities;
        recipients.clientKeys = server.clientKeys;
        recipients.rules = server.rules;
        BundleWriter writer = new BundleWriter();
        writer.settings = server.settings;
        SelfCheckAlarm alarm = (epoch, uri, failures) -> server.alarms.add(epoch);
        KeySetIssue issue = new KeySetIssue();
        issue.vault = server.vault;
        issue.extraction = TestArithmetic.gathered(server.vault, alarm);
        issue.issuances = server.repositories.issuances();
        issue.rules = server.rules;
        issue.alarm = alarm;
        making.jobs = register;
        making.items = items;
        making.files = files;
        making.recipients = recipients;
        making.writer = writer;
        making.tokens = server.vault;
        making.keySetIssue = issue;
        making.epochs = server.epochs;
        making.epochRules = server.epochRules;
        making.recorded = server.recorded;
        making.clock = server.time;
    }

    private void wireJobs() {
        jobs.jobs = register;
        jobs.items = items;
        jobs.files = files;
        jobs.window = new BundleWindow(13);
        jobs.epochs = server.epochs;
        jobs.epochRules = server.epochRules;
        jobs.vault = server.vault;
        jobs.transactions = server.transactions;
        jobs.recorded = server.recorded;
        jobs.clock = server.time;
        bundleWork.making = making;
        bundleWork.jobs = register;
        bundleWork.items = items;
        bundleWork.files = files;
        bundleWork.vault = server.vault;
        bundleWork.transactions = server.transactions;
        bundleWork.clock = server.time;
    }

    static RegistrationOrder order(String owner) {
        return new RegistrationOrder(
                new ClientKeysId(owner, ClientKeysId.DEFAULT_DEVICE), Duration.ofDays(1), "handed out");
    }

    /** The file that an officer gets for a client, opened. */
    RegistrationFile registered(String owner) {
        try (Recipient recipient = Recipient.passphrase(PASSPHRASE)) {
            return open(registration.register(ServerRig.OFFICER, order(owner), recipient));
        }
    }

    RegistrationFile open(Registered registered) {
        try (Opener opener = Opener.passphrase(PASSPHRASE)) {
            return RegistrationFiles.open(
                    registered.file().orElseThrow().toByteArray(), opener, Optional.empty(), server.time.instant());
        }
    }

    /** Imports keys that a test knows: 32 octets of one value each. */
    void importKeys(String owner) {
        try (ClientKeys keys = keysOf(owner)) {
            registration.importKeys(ServerRig.OFFICER, order(owner), keys);
        }
    }

    static ClientKeys keysOf(String owner) {
        return new ClientKeys(key("tk.", owner, 0x11), Optional.of(key("ink.", owner, 0x22)));
    }

    private static NamedKey key(String kind, String owner, int value) {
        byte[] octets = new byte[NamedKey.KEY_OCTETS];
        Arrays.fill(octets, (byte) (value + owner.length()));
        return NamedKey.takeFrom(kind + owner, octets);
    }

    /** A job for the current period, not worked on yet. */
    BundleJobId start(String... lines) {
        BundleOrder order = new BundleOrder(Optional.empty(), Optional.empty(), "new radios");
        return jobs.start(
                        ServerRig.OFFICER,
                        order,
                        new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)))
                .job()
                .id();
    }

    @Override
    public void close() {
        server.close();
    }
}
