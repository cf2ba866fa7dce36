package org.mckms.client.group;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.mckms.client.KmsClient;
import org.mckms.client.TestEpoch;
import org.mckms.client.TlsMaterial;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.StoreOwner;
import org.mckms.client.store.TestKeys;
import org.mckms.protocol.message.KmsKeySet;

/** A member of groups with its key sets, its partners' certificates and its group keys; it never speaks with a KMS. */
public final class TestMember implements AutoCloseable {
    private final String uri;
    private final TestEpoch epoch;
    private final Path file;
    private final ClientKeyStore store;
    private final KmsClient kms;
    private GroupKeyStore groupKeys;

    public TestMember(Path folder, String uri, TestEpoch epoch, TlsMaterial tls, Clock clock) {
        this.uri = uri;
        this.epoch = epoch;
        String name = uri.replaceAll("\\W", "-");
        this.file = folder.resolve(name + ".groups");
        this.store = ClientKeyStore.create(
                folder.resolve(name + ".keys"),
                TestKeys.storeKey(1),
                new StoreOwner(epoch.root().kmsUri(), uri, "phone"),
                new SecureRandom());
        store.change(edit -> edit.root(epoch.root()));
        this.kms = KmsClient.of(store)
                .tls(tls)
                .tokens(() -> "token")
                .addresses(URI.create("https://localhost:1"))
                .clock(clock)
                .build();
        this.groupKeys = GroupKeyStore.create(file, TestKeys.storeKey(2), uri, new SecureRandom());
    }

    /** Has the key set of the period of this time. */
    public TestMember provisioned(Instant time) {
        try (KmsKeySet keys = epoch.keySet(uri, time)) {
            store.change(edit -> edit.keySet(keys, epoch.root()));
        }
        return this;
    }

    /** Has the certificates of other KMSs. */
    public TestMember knowing(TestEpoch... partners) {
        store.change(edit -> List.of(partners).forEach(partner -> edit.partner(partner.external(false))));
        return this;
    }

    public String uri() {
        return uri;
    }

    public ClientKeyStore store() {
        return store;
    }

    public KmsClient kms() {
        return kms;
    }

    public MessageOpening opening() {
        return new MessageOpening(kms, uri);
    }

    public GroupKeyStore groupKeys() {
        return groupKeys;
    }

    public Path groupFile() {
        return file;
    }

    public GroupKeyReceiver receiver(GroupManagers managers) {
        return new GroupKeyReceiver(opening(), groupKeys, managers, kms.clock());
    }

    /** Closes the group keys and opens them again, as a restart does. */
    public GroupKeyStore reopen() {
        groupKeys.close();
        groupKeys = GroupKeyStore.open(file, TestKeys.storeKey(2), new SecureRandom());
        return groupKeys;
    }

    @Override
    public void close() {
        groupKeys.close();
        store.close();
    }
}
