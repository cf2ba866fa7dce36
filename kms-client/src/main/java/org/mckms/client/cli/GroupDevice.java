package org.mckms.client.cli;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mckms.client.KmsClient;
import org.mckms.client.group.GroupClient;
import org.mckms.client.group.GroupKeyReceiver;
import org.mckms.client.group.GroupKeyStore;
import org.mckms.client.group.GroupMember;
import org.mckms.client.group.MessageOpening;
import org.mckms.client.group.Reception;
import org.mckms.client.group.Sender;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.McService;

/** A member of groups: its key store, its group keys, and its line to the group management server. */
final class GroupDevice implements AutoCloseable {
    private final ClientKeyStore store;
    private final GroupKeyStore groupKeys;
    private final GroupMember member;
    private final GroupClient gms;

    /**
     * Takes over both stores.
     *
     * @param kms opens messages with the keys of the store
     * @param denied signing keys whose messages are refused, by their PVT
     * @param manager whose keys are taken, whatever the group
     */
    GroupDevice(
            ClientKeyStore store,
            GroupKeyStore groupKeys,
            KmsClient kms,
            Predicate<Octets> denied,
            Sender manager,
            GroupClient gms,
            McService service) {
        this.store = store;
        this.groupKeys = groupKeys;
        this.gms = gms;
        this.member = new GroupMember(
                gms,
                new GroupKeyReceiver(
                        new MessageOpening(kms, store.owner().userUri(), MikeyLeniency.STRICT, denied),
                        groupKeys,
                        group -> Set.of(manager),
                        kms.clock()),
                service);
    }

    String uri() {
        return store.owner().userUri();
    }

    GroupKeyStore groupKeys() {
        return groupKeys;
    }

    /** Fetches the keys of a group, takes all or none, and tells the server; empty if nothing has changed since. */
    Optional<Reception> fetch(String groupUri) {
        return member.refresh(groupUri);
    }

    /** Tells the server what came of keys. */
    void acknowledge(KeyAcknowledgement acknowledgement) {
        gms.acknowledge(acknowledgement);
    }

    @Override
    public void close() {
        groupKeys.close();
        store.close();
    }
}
