package org.mckms.client.cli.explain;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Key management scopes of Rel-13 and later, and the identity claim that each goes with. */
final class McScopes {
    private static final Map<String, String> CLAIM_OF_SCOPE = new TreeMap<>(Map.of(
            "3gpp:mc:ptt_key_management_service", "mcptt_id",
            "3gpp:mc:video_key_management_service", "mcvideo_id",
            "3gpp:mc:data_key_management_service", "mcdata_id",
            "3gpp:mcptt:key_management_server", "mcptt_id"));

    private McScopes() {}

    static Set<String> identityClaims() {
        return new TreeSet<>(CLAIM_OF_SCOPE.values());
    }

    /** The identity claims of the services for which the scopes allow key management. */
    static Set<String> servicesOf(Set<String> scopes) {
        Set<String> claims = new TreeSet<>();
        CLAIM_OF_SCOPE.forEach((scope, claim) -> {
            if (scopes.contains(scope)) {
                claims.add(claim);
            }
        });
        return claims;
    }

    static String exampleKeyManagementScope() {
        return "3gpp:mc:ptt_key_management_service";
    }
}
