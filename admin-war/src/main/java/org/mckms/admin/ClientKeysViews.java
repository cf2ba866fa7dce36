package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.mckms.kms.application.ClientKeysView;
import org.mckms.kms.domain.ClientKeysRecord;

/** How the keys of devices look in JSON: everything but the keys. */
final class ClientKeysViews {

    private ClientKeysViews() {}

    static JsonObject of(ClientKeysView view) {
        return view.record()
                .map(record -> of(record, view.integrity().name()))
                .orElseGet(() -> Json.createObjectBuilder()
                        .add("row", view.row())
                        .add("integrity", view.integrity().name())
                        .build());
    }

    private static JsonObject of(ClientKeysRecord keys, String integrity) {
        return Json.createObjectBuilder()
                .add("owner", keys.id().ownerUri())
                .add("device", keys.id().device())
                .add("state", keys.state().name())
                .add("activeNames", Json.createArrayBuilder(keys.activeNames()))
                .add("pendingNames", Json.createArrayBuilder(keys.pendingNames()))
                .add("usableUntil", time(keys.usableUntil()))
                .add("registeredAt", keys.registeredAt().toString())
                .add("rotatedAt", keys.rotatedAt().toString())
                .add("rotationOrdered", keys.rotationOrdered())
                .add("lastUsed", time(keys.lastUsed()))
                .add("revision", keys.revision())
                .add("integrity", integrity)
                .build();
    }

    /** Where the next page begins; null after a row that cannot be read. */
    static JsonValue cursor(ClientKeysView last) {
        return last.record()
                .<JsonValue>map(record -> Json.createObjectBuilder()
                        .add("afterOwner", record.id().ownerUri())
                        .add("afterDevice", record.id().device())
                        .build())
                .orElse(JsonValue.NULL);
    }

    private static JsonValue time(Optional<?> value) {
        return value.<JsonValue>map(present -> Json.createValue(present.toString()))
                .orElse(JsonValue.NULL);
    }
}
