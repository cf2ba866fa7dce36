package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.client.cek.CekDetails;

/** Shows content encryption keys: all that is known of them but the key. */
final class CekText {
    private static final String[] COLUMNS = {
        "keyId", "status", "revision", "with", "session", "validTo", "refreshAfter", "refreshAfterMessages"
    };
    private static final String NONE = "-";

    private CekText() {}

    /** As a table or an array, the whole result of a command. */
    static void show(KmsctlCommand command, List<CekDetails> keys, String whenEmpty) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        keys.forEach(key -> array.add(json(key)));
        new AdminResult(command).showPage(array.build(), whenEmpty, COLUMNS);
    }

    /** In one line. */
    static String line(CekDetails key) {
        return key.keyId().toHex() + " " + key.status().wireName() + ", revision " + key.revision() + ", with "
                + key.otherEnd()
                + key.session().map(session -> ", session " + session).orElse("");
    }

    private static JsonObject json(CekDetails key) {
        return Json.createObjectBuilder()
                .add("keyId", key.keyId().toHex())
                .add("status", key.status().wireName())
                .add("revision", key.revision())
                .add("with", key.otherEnd())
                .add("session", key.session().orElse(NONE))
                .add("validFrom", key.validFrom().toString())
                .add("validTo", text(key.validTo()))
                .add("refreshAfter", text(key.refreshAfter()))
                .add(
                        "refreshAfterMessages",
                        key.refreshAfterMessages().isPresent()
                                ? Long.toString(key.refreshAfterMessages().getAsLong())
                                : NONE)
                .build();
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(NONE);
    }
}
