package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.UNAUTHENTICATED;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.platform.config.TokenIssuerSettings;
import org.mckms.protocol.error.KmsException;

/**
 * What the claims of a signed token must say: whom it is for, when it holds, and that it is an access token.
 *
 * <p><b>ID tokens.</b> The same server signs ID tokens with the same keys, and clients show those around. A token counts as
 * one, and is refused, if it has {@code nonce}, {@code at_hash}, {@code c_hash} or {@code s_hash} (OpenID Connect Core
 * clauses 2 and 3.3.2.11), if its only audience is its own client, if it has no {@code scope} (required in an access token,
 * TS 33.180 annex B.2.2), or if a claim {@code typ} says anything but Bearer. {@code auth_time} proves nothing: RFC 9068
 * clause 2.2.1 allows it in access tokens.
 *
 * <p><b>Lifetime.</b> It is counted from {@code iat}, so that a token has expired before its revocation is forgotten. A token
 * without {@code iat} does not say how long it lives: in its last hours it looks like a short one. It is refused, unless its
 * issuer's settings allow it.
 */
final class ClaimRules {

    /** Greatest difference between the clocks of the identity management server and ours (TS 33.179 annex B.1.1). */
    static final Duration LEEWAY = Duration.ofSeconds(30);

    private static final List<String> ID_TOKEN_CLAIMS = List.of("nonce", "at_hash", "c_hash", "s_hash");
    private static final Set<String> ACCESS_TOKEN_TYPES = Set.of("Bearer", "at+jwt");

    private final Clock clock;

    ClaimRules(Clock clock) {
        this.clock = clock;
    }

    /**
     * Passes a token that holds now, for us, from this issuer.
     *
     * @return its expiry
     * @throws KmsException UNAUTHENTICATED with the first rule that is broken
     */
    Instant check(TokenClaims claims, TokenIssuerSettings issuer) {
        checkKind(claims);
        checkAudience(claims, issuer);
        return checkTimes(claims, issuer);
    }

    private static void checkKind(TokenClaims claims) {
        boolean idToken = ID_TOKEN_CLAIMS.stream().anyMatch(claims::has)
                || !claims.has("scope")
                || claims.text("typ")
                        .filter(type -> !ACCESS_TOKEN_TYPES.contains(type))
                        .isPresent()
                || isForItsOwnClientOnly(claims);
        if (idToken) {
            throw refused("the token is no access token");
        }
    }

    private static boolean isForItsOwnClientOnly(TokenClaims claims) {
        Optional<List<String>> audience = claims.texts("aud");
        Optional<String> client = claims.text("client_id").or(() -> claims.text("azp"));
        return audience.isPresent()
                && client.isPresent()
                && !audience.get().isEmpty()
                && audience.get().stream().allMatch(client.get()::equals);
    }

    private static void checkAudience(TokenClaims claims, TokenIssuerSettings issuer) {
        Optional<List<String>> audience = claims.texts("aud");
        if (audience.isEmpty() && !issuer.audOptional()) {
            throw refused("the token has no audience");
        }
        if (audience.isPresent() && !audience.get().contains(issuer.audience())) {
            throw refused("the token is for another audience");
        }
    }

    private Instant checkTimes(TokenClaims claims, TokenIssuerSettings issuer) {
        Instant now = clock.instant();
        Instant expiry = claims.time("exp").orElseThrow(() -> refused("the token has no expiry"));
        if (!now.isBefore(expiry.plus(LEEWAY))) {
            throw refused("the token has expired");
        }
        if (claims.time("nbf").filter(start -> start.isAfter(now.plus(LEEWAY))).isPresent()) {
            throw refused("the token does not hold yet");
        }
        Optional<Instant> issued = claims.time("iat");
        if (issued.isEmpty() && !issuer.iatOptional()) {
            throw refused("the token does not say when it was issued");
        }
        if (issued.filter(at -> at.isAfter(now.plus(LEEWAY))).isPresent()) {
            throw refused("the token was issued in the future");
        }
        Instant latest = issued.orElse(now.plus(LEEWAY)).plus(issuer.maxLifetime());
        if (expiry.isAfter(latest)) {
            throw refused("the token lives longer than the issuer's limit");
        }
        return expiry;
    }

    private static KmsException refused(String why) {
        return new KmsException(UNAUTHENTICATED, why);
    }
}
