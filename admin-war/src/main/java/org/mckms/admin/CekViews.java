package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Locale;
import java.util.Map;
import org.mckms.kms.application.cek.CekView;
import org.mckms.kms.domain.cek.CekState;

/** How content encryption keys look in JSON: without the keys. */
final class CekViews {

    private CekViews() {}

    static JsonObject of(CekView cek) {
        return Json.createObjectBuilder()
                .add("keyId", cek.keyId())
                .add("user", cek.userUri())
                .add("server", cek.serverUri())
                .add("session", Views.text(cek.session()))
                .add("state", cek.state().name())
                .add("revision", cek.revision())
                .add("acknowledged", cek.acknowledged())
                .add("createdAt", cek.createdAt().toString())
                .add("validTo", cek.validTo().toString())
                .add("endedAt", Views.text(cek.endedAt()))
                .add("ending", Views.text(cek.ending()))
                .add("integrity", cek.intact() ? "INTACT" : "BROKEN")
                .build();
    }

    static JsonObject of(Map<CekState, Long> counts) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        for (CekState state : CekState.values()) {
            all.add(state.name().toLowerCase(Locale.ROOT), counts.getOrDefault(state, 0L));
        }
        return all.build();
    }
}
