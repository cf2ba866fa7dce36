package org.mckms.client;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreOwner;
import org.mckms.client.store.TestKeys;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.security.ClientKeys;

/** A client with a key store in a folder, and the stub KMS that it speaks with. */
public final class ClientBench implements AutoCloseable {
    public static final String ALICE = "sip:alice@example.org";
    public static final String KMS_URI = "kms.example.org";
    public static final KeyPeriodSchedule SCHEDULE = new KeyPeriodSchedule(2_592_000, 0);
    /** In the middle of a key period of 30 days. */
    public static final Instant NOW = Instant.parse("2024-05-18T05:52:25Z");

    public static final TestEpoch FIRST = TestEpoch.of(
            1,
            KMS_URI,
            SCHEDULE,
            Instant.parse("2024-01-01T00:00:00Z"),
            Optional.of(Instant.parse("2030-01-01T00:00:00Z")));
    public static final TestEpoch SECOND = TestEpoch.of(
            2,
            KMS_URI,
            SCHEDULE,
            Instant.parse("2024-05-18T06:00:00Z"),
            Optional.of(Instant.parse("2031-01-01T00:00:00Z")));

    private final Path folder;
    private final StubServer server;
    private final Path authority;
    public final MutableClock clock = new MutableClock(NOW);
    public final StubKms kms;
    private ClientKeyStore store;

    public ClientBench(TestPki pki, Path folder) {
        this(pki, folder, ALICE);
    }

    /** A client of another user, or of a server. */
    public ClientBench(TestPki pki, Path folder, String owner) {
        this.folder = folder;
        this.kms = new StubKms(owner, FIRST, clock);
        this.server = new StubServer(pki);
        try {
            this.authority = pki.writeAuthority(folder.resolve("ca.pem"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        server.answers(kms);
        store = ClientKeyStore.create(
                file(), TestKeys.storeKey(7), new StoreOwner(KMS_URI, owner, "phone"), new SecureRandom());
        try (ClientKeys keys = TestKeys.clientKeys(1, owner)) {
            store.change(edit -> {
                edit.registerKeys(keys);
                edit.baseUrls(List.of(server.address().toString()));
            });
        }
    }

    public Path file() {
        return folder.resolve("alice.keys");
    }

    public StubServer server() {
        return server;
    }

    public URI address() {
        return server.address();
    }

    public TlsMaterial tls() {
        return TlsMaterial.trusting(authority);
    }

    public ClientKeyStore store() {
        return store;
    }

    /** Closes the store and opens it again, as a restart does. */
    public ClientKeyStore reopen() {
        store.close();
        store = ClientKeyStore.open(file(), TestKeys.storeKey(7), new SecureRandom());
        return store;
    }

    public KmsClient client() {
        return client(settings -> {});
    }

    public KmsClient client(Consumer<KmsClient.Builder> more) {
        KmsClient.Builder settings =
                KmsClient.of(store).tls(tls()).tokens(() -> "the.access.token").clock(clock);
        more.accept(settings);
        return settings.build();
    }

    @Override
    public void close() {
        store.close();
        server.close();
    }
}
