package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.client.KeySetSummary;
import org.mckms.client.store.ClientKeyStore;
import org.mckms.client.store.UserKeys;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** Shows what a key store holds, names and times only. */
final class KeyStoreText {
    private KeyStoreText() {}

    /** Which key set it is, without its keys. */
    static KeySetSummary summary(UserKeys keys) {
        return new KeySetSummary(
                keys.keys().userUri(),
                keys.keys().period().number(),
                keys.begins(),
                keys.ends(),
                keys.root().certUri());
    }

    /** Key sets as a table. */
    static void print(Console console, List<KeySetSummary> keySets) {
        Table table = Table.withHead("USER URI", "KEY PERIOD", "BEGINS", "ENDS", "CERTIFICATE");
        keySets.forEach(keys -> table.row(
                keys.userUri(),
                Long.toString(keys.period()),
                keys.begins().toString(),
                keys.ends().toString(),
                keys.certUri().orElse("-")));
        table.print(console);
    }

    static JsonArrayBuilder json(List<KeySetSummary> keySets) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        keySets.forEach(keys -> {
            JsonObjectBuilder json = Json.createObjectBuilder()
                    .add("userUri", keys.userUri())
                    .add("keyPeriodNo", keys.period())
                    .add("begins", keys.begins().toString())
                    .add("ends", keys.ends().toString());
            keys.certUri().ifPresent(uri -> json.add("certUri", uri));
            array.add(json);
        });
        return array;
    }

    /** The names of TrK and InK: those in use, and those that the KMS announced. */
    static void printKeyNames(Console console, ClientKeyStore store) {
        Table table = new Table();
        table.row("keys in use", String.join(", ", activeNames(store)));
        List<String> pending = pendingNames(store);
        if (!pending.isEmpty()) {
            table.row("announced", String.join(", ", pending));
        }
        table.print(console);
    }

    static JsonObjectBuilder jsonKeyNames(ClientKeyStore store) {
        return Json.createObjectBuilder()
                .add("active", Json.createArrayBuilder(activeNames(store)))
                .add("pending", Json.createArrayBuilder(pendingNames(store)));
    }

    /** The names of the TrK and InK in use. */
    static List<String> activeNames(ClientKeyStore store) {
        return names(store.activeKeys());
    }

    /** The names of those that the KMS announced; none if there are none. */
    static List<String> pendingNames(ClientKeyStore store) {
        return names(store.pendingKeys());
    }

    /** TrK first; closes the keys. */
    private static List<String> names(Optional<ClientKeys> keys) {
        List<String> names = new ArrayList<>();
        keys.ifPresent(pair -> {
            try (pair) {
                names.add(pair.transportKey().name());
                pair.integrityKey().map(NamedKey::name).ifPresent(names::add);
            }
        });
        return names;
    }
}
