package org.mckms.client.cli;

import java.io.IOException;
import org.mckms.client.RegistrationImport;
import org.mckms.client.store.ClientKeyStore;

/** Takes the keys of a registration into a key store of the home. */
final class RegistrationIntake {
    private RegistrationIntake() {}

    /**
     * Makes the key store, or renews the keys in the one there is.
     *
     * @param name of the key store
     * @return the key store, open
     */
    static ClientKeyStore take(CliContext context, Home home, String name, RegistrationImport registration)
            throws IOException {
        KeyStoreOptions place = KeyStoreOptions.named(name);
        if (!place.exists(home)) {
            return place.create(
                    context, home, key -> registration.createStore(place.file(home), key, context.random()));
        }
        ClientKeyStore store = place.open(context, home);
        try {
            registration.renew(store);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }
}
