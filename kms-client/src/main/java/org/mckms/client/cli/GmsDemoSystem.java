package org.mckms.client.cli;

import java.util.Optional;
import org.mckms.client.GroupManagerClient;
import org.mckms.client.KmsClient;
import org.mckms.client.group.GroupClient;
import org.mckms.client.group.Sender;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.protocol.group.McService;

/** One system of the demonstration of group keys: its home, who manages groups there, and the devices of its users. */
final class GmsDemoSystem {
    private final DemoHome place;
    private final String gmsUri;
    private final String managerUri;

    GmsDemoSystem(DemoHome place) {
        this.place = place;
        this.gmsUri = required("uri");
        this.managerUri = required("managers").split("[, ]+")[0];
    }

    String gmsUri() {
        return gmsUri;
    }

    /** An identity of this system's domain. */
    String uri(String name) {
        return "sip:" + name + gmsUri.substring(gmsUri.indexOf('@'));
    }

    /** Who makes groups here. */
    GroupManagerClient manager() {
        return new GroupManagerClient(place.endpoint(), place.tokens(managerUri));
    }

    /** Registers the device of a user, fetches its keys and opens what it needs as a member of groups. */
    GroupDevice enrol(DemoSteps steps, String name) {
        ClientKeyStore store = place.operators().enrol(steps, name, uri(name));
        try {
            KmsClient kms = place.client(store, place.tokens(uri(name))).build();
            steps.run(name, "KMS Initialize, KMS KeyProvision", () -> {
                kms.init();
                return new DemoSteps.Outcome<>(
                        true, "key period " + kms.provision().get(0).period());
            });
            return new GroupDevice(
                    store,
                    KeyStoreOptions.named(name).openGroupKeys(place.context(), place.home(), uri(name)),
                    kms,
                    pvt -> false,
                    new Sender(gmsUri, store.owner().kmsUri()),
                    new GroupClient(place.endpoint(), place.tokens(uri(name))),
                    McService.MCPTT);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private String required(String key) {
        Optional<String> value = place.home().gms(key);
        return value.orElseThrow(() -> new CommandFailedException(
                place.home().directory() + " has no GMS: gms." + key + " is not set", "`make-home --gms` makes one"));
    }
}
