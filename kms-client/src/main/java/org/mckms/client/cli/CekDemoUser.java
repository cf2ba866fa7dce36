package org.mckms.client.cli;

import java.util.List;
import java.util.Optional;
import org.mckms.client.KmsClient;
import org.mckms.client.ReceptionPolicy;
import org.mckms.client.cek.CekClient;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.cek.CekScope;
import org.mckms.client.cek.SipProtection;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.smime.SipBody;

/** A user of the demonstration of content encryption keys: the device, and the keys that it shares with MC servers. */
final class CekDemoUser implements AutoCloseable {
    private final String name;
    private final ClientKeyStore store;
    private final CekKeys keys;
    private final CekClient client;
    private final SipProtection bodies;

    private CekDemoUser(DemoHome place, String name, ClientKeyStore store, CekKeys keys, KmsClient kms) {
        this.name = name;
        this.store = store;
        this.keys = keys;
        this.client = new CekClient(kms, keys);
        this.bodies =
                new SipProtection(keys, place.context().clock(), place.context().random());
    }

    /** Registers the device of a user and fetches its keys, with which the first content encryption key comes. */
    static CekDemoUser enrol(DemoHome place, DemoSteps steps, String name, String uri) {
        ClientKeyStore store = place.operators().enrol(steps, name, uri);
        CekKeys keys;
        try {
            keys = KeyStoreOptions.named(name).openContentKeys(place.context(), place.home(), CekOwner.client(uri));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        KmsClient kms = place.client(store, place.tokens(uri))
                .ceks(keys.receiver(place.context().clock(), ReceptionPolicy.STANDARD))
                .build();
        CekDemoUser user = new CekDemoUser(place, name, store, keys, kms);
        try {
            steps.run(name, "KMS Initialize, KMS KeyProvision", () -> {
                kms.init();
                kms.provision();
                return user.firstKey();
            });
            return user;
        } catch (RuntimeException e) {
            user.close();
            throw e;
        }
    }

    private DemoSteps.Outcome<Boolean> firstKey() {
        CekDetails first = keys.keys().stream()
                .filter(key -> key.session().isEmpty())
                .findFirst()
                .orElseThrow(() -> new CommandFailedException("no content encryption key came with the key set"));
        return new DemoSteps.Outcome<>(true, "a key set, and with it the CEK " + CekText.line(first));
    }

    String name() {
        return name;
    }

    String uri() {
        return store.owner().userUri();
    }

    CekClient client() {
        return client;
    }

    List<CekDetails> held() {
        return keys.keys();
    }

    /** The key for a server and session that may be sealed with, as the KMS says now; empty if none is active yet. */
    Optional<CekDetails> active(CekScope scope) {
        return client.current(scope).stream()
                .filter(key -> key.session().equals(scope.session()) && key.status() == CekStatus.ACTIVE)
                .findFirst();
    }

    SipBody seal(SipBody body, CekScope to) {
        return bodies.seal(body, to);
    }

    SipBody open(SipBody sealed, CekScope from) {
        return bodies.open(sealed, from);
    }

    @Override
    public void close() {
        keys.close();
        store.close();
    }
}
