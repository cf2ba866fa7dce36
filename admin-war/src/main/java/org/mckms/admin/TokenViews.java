package org.mckms.admin;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.mckms.kms.application.TokenRevocationView;

/** How revocations of access tokens look in JSON. */
final class TokenViews {

    private TokenViews() {}

    static JsonObject of(TokenRevocationView revocation) {
        return Json.createObjectBuilder()
                .add("id", revocation.id().toString())
                .add("issuer", Views.text(revocation.issuer()))
                .add("jti", Views.text(revocation.jti()))
                .add("uri", Views.text(revocation.uri()))
                .add("issuedBefore", Views.text(revocation.issuedBefore()))
                .add("revokedAt", revocation.revokedAt().toString())
                .add("revokedBy", revocation.revokedBy())
                .add("reason", Views.text(revocation.reason()))
                .build();
    }
}
