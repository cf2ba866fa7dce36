package org.mckms.csc.token;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.fuzz.Keys;
import org.mckms.fuzz.Target;
import org.mckms.platform.config.TokenIssuerSettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** An access token. One that is accepted says what the one in the corpus says. */
public final class TokenTarget implements Target {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final TokenTarget TARGET = new TokenTarget();

    private final AccessTokenValidator validator = validator();

    private static AccessTokenValidator validator() {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        TokenIssuerSettings settings = new TokenIssuerSettings(
                "main",
                "https://idm.example.org",
                Keys.KMS,
                "/unused/jwks.json",
                List.of("ES256", "PS256", "RS256"),
                Set.of("example.org"),
                Duration.ofHours(12),
                false,
                false,
                false,
                false);
        JwkSetCache cache = new JwkSetCache(new PublishedKeys(), JwkSetCache.Limits.STANDARD, clock);
        return new AccessTokenValidator(List.of(new TrustedIssuer(settings, cache)), clock);
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        VerifiedToken token;
        try {
            token = validator.validate(new String(input, StandardCharsets.ISO_8859_1));
        } catch (KmsException e) {
            Target.require(e.code() == KmsErrorCode.UNAUTHENTICATED, "a token is refused with " + e.code());
            return false;
        }
        Target.require(
                token.identities().size() == 1
                        && token.identities().get(McService.MCPTT).text().equals(Keys.ALICE)
                        && token.clientId().equals("app"),
                "a forged token is accepted");
        return true;
    }

    /** The key set of the issuer. */
    private static final class PublishedKeys implements JwkSetSource {
        @Override
        public String location() {
            return "jwks.json";
        }

        @Override
        public byte[] read() {
            return Keys.resource("jwks.json");
        }

        @Override
        public Optional<String> changeMark() {
            return Optional.of("1");
        }
    }
}
