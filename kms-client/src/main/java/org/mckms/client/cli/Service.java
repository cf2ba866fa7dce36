package org.mckms.client.cli;

import java.util.Locale;

/** MC services and what a token of each looks like (TS 33.180 clauses B.2.2.3 and B.4.2.2). */
enum Service {
    MCPTT("mcptt_id", "3gpp:mc:ptt_key_management_service", "3gpp:mc:ptt_group_management_service"),
    MCVIDEO("mcvideo_id", "3gpp:mc:video_key_management_service", "3gpp:mc:video_group_management_service"),
    MCDATA("mcdata_id", "3gpp:mc:data_key_management_service", "3gpp:mc:data_group_management_service");

    private final String identityClaim;
    private final String keyManagementScope;
    private final String groupManagementScope;

    Service(String identityClaim, String keyManagementScope, String groupManagementScope) {
        this.identityClaim = identityClaim;
        this.keyManagementScope = keyManagementScope;
        this.groupManagementScope = groupManagementScope;
    }

    /** Name of the claim that holds the user's URI. */
    String identityClaim() {
        return identityClaim;
    }

    /** Scope that a KMS asks for. */
    String keyManagementScope() {
        return keyManagementScope;
    }

    /** Scope that a GMS asks for. */
    String groupManagementScope() {
        return groupManagementScope;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
