package org.mckms.csc.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.token.PresentedToken;
import org.mckms.platform.config.Profile;
import org.mckms.platform.config.ScopeSettings;
import org.mckms.platform.config.ServerEntry;
import org.mckms.platform.config.SiteSettings;
import org.mckms.platform.config.TokenIssuerSettings;

/** Settings as the web archive sees them; what it never looks at is absent. */
public final class TestSettings {

    /** Issuer of the strict tokens. */
    public static final String ISS = "https://idm.example.org";

    /** Audience of this KMS. */
    public static final String AUDIENCE = "kms.example.org";

    /** The scopes of both releases (TS 33.179 and TS 33.180 annex B). */
    public static final ScopeSettings SCOPES = new ScopeSettings(
            Set.of("3gpp:mcptt:key_management_server", "3gpp:mc:ptt_key_management_service"),
            Set.of("3gpp:mc:video_key_management_service"),
            Set.of("3gpp:mc:data_key_management_service"));

    private TestSettings() {}

    /** A strict issuer. */
    public static TokenIssuerSettings strict() {
        return new TokenIssuerSettings(
                "main",
                ISS,
                AUDIENCE,
                "/unused/jwks.json",
                List.of("ES256", "PS256", "RS256"),
                Set.of("example.org"),
                Duration.ofHours(12),
                false,
                false,
                false,
                false);
    }

    /** Another strict issuer for the same domain. */
    static TokenIssuerSettings otherStrict() {
        return new TokenIssuerSettings(
                "other",
                "https://other.example.org",
                AUDIENCE,
                "/unused/other-jwks.json",
                List.of("PS256", "RS256"),
                Set.of("example.org"),
                Duration.ofHours(12),
                false,
                false,
                false,
                false);
    }

    /** An issuer whose tokens lack iss, aud and iat. */
    static TokenIssuerSettings lenient() {
        return new TokenIssuerSettings(
                "old",
                "https://old.example.net",
                AUDIENCE,
                "/unused/old-jwks.json",
                List.of("RS256"),
                Set.of("example.net"),
                Duration.ofHours(12),
                true,
                true,
                true,
                false);
    }

    static ServerEntry gms(String certificateSha256) {
        return new ServerEntry("gms", ClientKind.GMS, "sip:gms@example.org", certificateSha256, "gms-client", "main");
    }

    static ServerEntry mcpttServer(String certificateSha256) {
        return new ServerEntry(
                "ptt", ClientKind.MC_SERVER, "sip:ptt@example.org", certificateSha256, "ptt-client", "main");
    }

    /** A token that expires then, and says nothing more. */
    public static PresentedToken token(Instant expiresAt) {
        return new PresentedToken(Optional.empty(), Set.of(), Optional.empty(), expiresAt);
    }

    /** The site. */
    public static SiteSettings site() {
        return new SiteSettings(
                Profile.PRODUCTION,
                "node-1",
                "kms.example.org",
                List.of("https://kms.example.org", "https://kms.example.org:8443"),
                "Example",
                List.of("example.org"));
    }
}
