package org.mckms.gms.application;

import java.util.Set;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * Who wants something of the group management server, as the access token says; never the body.
 *
 * @param uris   MC service IDs of the caller, or the URI of a server; at least one
 * @param source remote address
 */
public record GroupCaller(Set<String> uris, String source) {

    public GroupCaller {
        uris = Set.copyOf(uris);
        if (uris.isEmpty()) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "the caller has no identity of a service");
        }
    }

    public boolean is(String uri) {
        return uris.contains(uri);
    }

    /** For the audit trail: always the same of several. */
    public String actor() {
        return "client:" + uris.stream().sorted().findFirst().orElseThrow();
    }
}
