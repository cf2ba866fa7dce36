package org.mckms.platform.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;
import org.mckms.kms.domain.cek.CekPolicy;

/**
 * Of content encryption keys (CEKs).
 *
 * @param serverUri the MC server of users who name none
 * @param push      which MC servers may share keys with users, that one included, and how they get them
 * @param required  whether users get a key with their key sets
 * @param patience  how long an answer is kept back for the server to acknowledge
 * @param policy    how long keys live
 */
public record CekSettings(
        String serverUri, CekPushSettings push, boolean required, Duration patience, CekPolicy policy) {

    public CekSettings {
        requireNonNull(serverUri, "serverUri");
        requireNonNull(push, "push");
        requireNonNull(patience, "patience");
        requireNonNull(policy, "policy");
    }

    /** All MC servers that may share keys with users. */
    public Set<String> serverUris() {
        return push.addresses().keySet();
    }
}
