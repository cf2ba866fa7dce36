package org.mckms.csc.token;

import java.util.Set;
import org.mckms.platform.config.ScopeSettings;

/** The MC services, and the claim of the access token that holds a user's identity in each (TS 33.180 annex B.2.2). */
enum McService {
    MCPTT("mcptt_id"),
    MCVIDEO("mcvideo_id"),
    MCDATA("mcdata_id");

    private final String claim;

    McService(String claim) {
        this.claim = claim;
    }

    /** Name of the identity claim. */
    String claim() {
        return claim;
    }

    /** The scopes of which one allows for this service what the settings are about. */
    Set<String> scopes(ScopeSettings settings) {
        return switch (this) {
            case MCPTT -> settings.mcptt();
            case MCVIDEO -> settings.mcvideo();
            case MCDATA -> settings.mcdata();
        };
    }
}
