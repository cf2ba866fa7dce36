package org.mckms.gms.infrastructure.kms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreEdit;
import org.mckms.client.store.StoreKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.platform.audit.RecordedAudit;
import org.mckms.platform.config.CallbackSettings;
import org.mckms.platform.config.GmsKmsSettings;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.TlsFiles;
import org.mckms.protocol.message.KmsKeySet;

/** A GMS with its files in a folder, registered at a KMS that does not answer. */
final class GmsRig {

    static final String GMS = "sip:gms@example.org";
    static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    static final KeyPeriod PERIOD = TestKms.SCHEDULE.at(NOW);
    static final String NODE = "node-1";

    private static final String PASSPHRASE = "correct horse battery staple 7";
    private static final String NOBODY_LISTENS = "https://localhost:1";

    final TestKms kms =
            new TestKms(3, "example.org", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"));
    final FakeDataKeys dataKeys = new FakeDataKeys();
    final RecordedAudit audit = new RecordedAudit();
    final Path folder;
    Instant now = NOW;

    GmsRig(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        Files.writeString(folder.resolve("gms.pem"), kms.certificatePem());
        Files.writeString(folder.resolve("gms.key"), kms.keyPem());
        Files.writeString(folder.resolve("token"), "a.b.c\n");
        Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    }

    /** @param number names its keys */
    void register(int number) throws IOException {
        register(kms, GMS, number);
    }

    void register(TestKms at, String uri, int number) throws IOException {
        Files.write(
                folder.resolve("registration"),
                at.registration(uri, number, PASSPHRASE, NOBODY_LISTENS, now.plus(Duration.ofDays(1))));
    }

    Path storeFile() {
        return folder.resolve("store").resolve("gms-" + NODE + ".keys");
    }

    /** Puts something into the key store, as the KMS would. */
    void change(Consumer<StoreEdit> change) {
        try (StoreKey key = StoreKey.platform(new DataKeyWrap(dataKeys, "kms.example.org", GMS, NODE));
                ClientKeyStore store = ClientKeyStore.open(storeFile(), key, new SecureRandom())) {
            store.change(change);
        }
    }

    /** Keys for these periods are in the key store. */
    void provision(KeyPeriod... periods) {
        change(edit -> {
            for (KeyPeriod period : periods) {
                KmsKeySet keys = kms.keySet(GMS, period);
                edit.keySet(keys, kms.root());
            }
        });
    }

    /** File with signing keys whose messages are refused. */
    Optional<Path> deniedSigners = Optional.empty();

    GmsSettings settings() {
        return settings(GMS);
    }

    GmsSettings settings(String uri) {
        Path registration = folder.resolve("registration");
        return new GmsSettings(
                uri,
                new GmsKmsSettings(
                        "kms.example.org",
                        List.of(),
                        folder.resolve("store"),
                        Optional.of(new GmsKmsSettings.Registration(registration, folder.resolve("passphrase"))),
                        folder.resolve("token"),
                        new TlsFiles(folder.resolve("gms.pem"), folder.resolve("gms.key"), folder.resolve("gms.pem")),
                        deniedSigners),
                Set.of("sip:dispatcher@example.org"),
                new ScopeSettings(Set.of(), Set.of(), Set.of()),
                1,
                List.of(),
                new CallbackSettings(List.of(), folder.resolve("gms.pem"), Duration.ofSeconds(1)));
    }

    GmsAccount account() {
        return new GmsAccount(settings(), environment(NODE));
    }

    GmsEnvironment environment(String node) {
        return new GmsEnvironment(node, dataKeys, dataKeys, audit, clock(), new SecureRandom());
    }

    /** An open account with the keys of the current period. */
    GmsAccount provisioned() throws IOException {
        register(1);
        try (GmsAccount first = account()) {
            first.step();
        }
        provision(PERIOD);
        GmsAccount account = account();
        account.step();
        return account;
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
