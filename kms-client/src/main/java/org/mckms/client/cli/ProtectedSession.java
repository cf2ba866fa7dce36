package org.mckms.client.cli;

import java.util.List;
import org.mckms.client.KmsClient;
import org.mckms.client.KmsClientException;
import org.mckms.client.store.ClientKeyStore;

/** A device with its key store open and a client that speaks for it: signed requests, signed answers, wrapped keys. */
record ProtectedSession(ClientKeyStore store, KmsClient client) implements AutoCloseable {
    ProtectedSession {
        if (!store.isRegistered()) {
            List<String> owner = List.of(store.owner().userUri(), store.owner().device());
            store.close();
            throw new KmsClientException("the key store of " + String.join(" on ", owner) + " has no TrK");
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
