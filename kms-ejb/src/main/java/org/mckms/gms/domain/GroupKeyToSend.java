package org.mckms.gms.domain;

import static java.util.Objects.requireNonNull;

import org.mckms.mikeysakke.secret.SecretOctets;

/** A key of a group with its secret octets, for as long as messages are made of it. Close it to wipe them. */
public final class GroupKeyToSend implements AutoCloseable {

    private final Group group;
    private final GroupKey key;
    private final SecretOctets secret;

    /** @param secret 16 octets; closed with this */
    public GroupKeyToSend(Group group, GroupKey key, SecretOctets secret) {
        this.group = requireNonNull(group, "group");
        this.key = requireNonNull(key, "key");
        this.secret = requireNonNull(secret, "secret");
    }

    public Group group() {
        return group;
    }

    /** What is said of the key; its status says whether the messages tell that it is revoked. */
    public GroupKey key() {
        return key;
    }

    /** Stays the property of this object. */
    public SecretOctets secret() {
        return secret;
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "GroupKeyToSend[" + key.keyId() + " of " + group.uri() + ", secret hidden]";
    }
}
