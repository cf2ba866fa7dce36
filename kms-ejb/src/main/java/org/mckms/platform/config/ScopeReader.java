package org.mckms.platform.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which scopes of access tokens stand for which service (TS 33.180 annex B). */
final class ScopeReader {

    private final SettingValues values;
    private final Map<String, String> owners = new HashMap<>();

    private ScopeReader(SettingValues values) {
        this.values = values;
    }

    /** {@code kms.scopes.*}: who may have keys. */
    static ScopeSettings keyManagement(SettingValues values) {
        ScopeReader reader = new ScopeReader(values);
        return new ScopeSettings(
                reader.scopes(
                        SettingKey.SCOPES_MCPTT,
                        "3gpp:mcptt:key_management_server",
                        "3gpp:mc:ptt_key_management_service"),
                reader.scopes(SettingKey.SCOPES_MCVIDEO, "3gpp:mc:video_key_management_service"),
                reader.scopes(SettingKey.SCOPES_MCDATA, "3gpp:mc:data_key_management_service"));
    }

    /**
     * {@code gms.scopes.*}: who may manage groups and have their keys.
     *
     * @param keyManagement what is taken already: a token for the KMS alone opens nothing at the GMS
     */
    static ScopeSettings groupManagement(SettingValues values, ScopeSettings keyManagement) {
        ScopeReader reader = new ScopeReader(values);
        reader.taken(SettingKey.SCOPES_MCPTT, keyManagement.mcptt());
        reader.taken(SettingKey.SCOPES_MCVIDEO, keyManagement.mcvideo());
        reader.taken(SettingKey.SCOPES_MCDATA, keyManagement.mcdata());
        return new ScopeSettings(
                reader.scopes(
                        SettingKey.GMS_SCOPES_MCPTT,
                        "3gpp:mcptt:group_management_server",
                        "3gpp:mc:ptt_group_management_service"),
                reader.scopes(SettingKey.GMS_SCOPES_MCVIDEO, "3gpp:mc:video_group_management_service"),
                reader.scopes(SettingKey.GMS_SCOPES_MCDATA, "3gpp:mc:data_group_management_service"));
    }

    private void taken(SettingKey key, Set<String> scopes) {
        scopes.forEach(scope -> owners.put(scope, key.key()));
    }

    private Set<String> scopes(SettingKey key, String... byDefault) {
        List<String> words = new ArrayList<>(values.list(key.key()));
        if (words.isEmpty()) {
            words.addAll(List.of(byDefault));
        }
        for (String word : words) {
            String other = owners.putIfAbsent(word, key.key());
            if (other != null) {
                values.fault(key.key() + " contains \"" + word + "\", which " + other
                        + " contains too; a scope stands for one service only.");
            }
        }
        return Set.copyOf(words);
    }
}
