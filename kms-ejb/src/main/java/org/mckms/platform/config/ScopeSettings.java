package org.mckms.platform.config;

import java.util.Set;

/** Scopes that allow key management, per service; one of a set is enough for that service's identity claim. */
public record ScopeSettings(Set<String> mcptt, Set<String> mcvideo, Set<String> mcdata) {

    public ScopeSettings {
        mcptt = Set.copyOf(mcptt);
        mcvideo = Set.copyOf(mcvideo);
        mcdata = Set.copyOf(mcdata);
    }
}
