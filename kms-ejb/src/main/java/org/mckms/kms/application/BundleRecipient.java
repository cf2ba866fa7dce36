package org.mckms.kms.application;

import static java.util.Objects.requireNonNull;

import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.RegisteredIdentity;

/** An item whose user may have a bundle, with the keys of the device that will open it. Closing wipes them. */
final class BundleRecipient implements AutoCloseable {

    private final BundleItem item;
    private final RegisteredIdentity identity;
    private final OpenedClientKeys keys;

    BundleRecipient(BundleItem item, RegisteredIdentity identity, OpenedClientKeys keys) {
        this.item = requireNonNull(item, "item");
        this.identity = requireNonNull(identity, "identity");
        this.keys = requireNonNull(keys, "keys");
    }

    BundleItem item() {
        return item;
    }

    RegisteredIdentity identity() {
        return identity;
    }

    OpenedClientKeys keys() {
        return keys;
    }

    /** The device that the bundle is for. */
    String device() {
        return keys.record().id().device();
    }

    @Override
    public void close() {
        keys.close();
    }
}
