package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** The keys of one device, opened by the token and authenticated with their record. Closing wipes them. */
public final class OpenedClientKeys implements AutoCloseable {

    private final ClientKeysRecord record;
    private final ClientKeys active;
    private final Optional<ClientKeys> pending;

    OpenedClientKeys(ClientKeysRecord record, ClientKeys active, Optional<ClientKeys> pending) {
        this.record = requireNonNull(record, "record");
        this.active = requireNonNull(active, "active");
        this.pending = requireNonNull(pending, "pending");
    }

    public ClientKeysRecord record() {
        return record;
    }

    /** The keys that protect answers; closed with this object. */
    public ClientKeys active() {
        return active;
    }

    /** New keys that go with answers until the device uses them; closed with this object. */
    public Optional<ClientKeys> pending() {
        return pending;
    }

    /** The key of this name, if it is one that signs requests: the InK, or the TrK of a device without InK. */
    public Optional<NamedKey> signingKey(String keyName) {
        return Stream.concat(Stream.of(active), pending.stream())
                .map(ClientKeys::signingKey)
                .filter(key -> key.name().equals(keyName))
                .findFirst();
    }

    @Override
    public void close() {
        active.close();
        pending.ifPresent(ClientKeys::close);
    }

    @Override
    public String toString() {
        return "OpenedClientKeys[" + record.id() + ", keys hidden]";
    }
}
