package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.UNAUTHENTICATED;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.platform.config.TokenIssuerSettings;
import org.mckms.protocol.error.KmsException;

/**
 * Decides whether an access token holds (TS 33.180 annex B.11.2, RFC 7519, RFC 8725).
 *
 * <p>The token's {@code iss} only chooses which configured issuer's keys are tried; the issuer is believed because one of
 * <em>its</em> keys verifies, one that no other issuer publishes. A token without {@code iss} can only be one of an issuer whose settings allow that. Each
 * refusal names one reason from a fixed list and nothing out of the token. Thread-safe.
 */
public final class AccessTokenValidator {

    /** Longest client_id and sub, in UTF-16 units; OpenID Connect Core clause 2 allows 255 for sub. */
    private static final int MAX_NAME = 255;

    private final List<TrustedIssuer> issuers;
    private final KeyOwners owners;
    private final ClaimRules rules;
    private final VerifiedSignatures signatures = new VerifiedSignatures();

    /**
     * Takes the issuers.
     *
     * @throws IllegalArgumentException if two have one {@code iss}, or one JWKS
     */
    public AccessTokenValidator(List<TrustedIssuer> issuers, Clock clock) {
        this.issuers = List.copyOf(issuers);
        this.rules = new ClaimRules(clock);
        this.owners = new KeyOwners(issuers);
        Set<String> names = new HashSet<>();
        Set<String> locations = new HashSet<>();
        for (TrustedIssuer issuer : issuers) {
            if (!names.add(issuer.settings().iss())) {
                throw new IllegalArgumentException("two token issuers have one iss");
            }
            if (!locations.add(issuer.keys().location())) {
                throw new IllegalArgumentException("issuer " + issuer.settings().name()
                        + " has the JWKS of another issuer; each needs one of its own");
            }
        }
    }

    /** Reads the keys of all issuers and says in the log what is wrong with them; faults are no exception here. */
    void readKeys() {
        issuers.forEach(issuer -> issuer.keys().refresh());
        owners.report();
    }

    /**
     * Checks a token.
     *
     * @param token compact serialization, at most {@link BearerCredentials#MAX_OCTETS} octets
     * @throws KmsException UNAUTHENTICATED if it does not hold; NOT_READY if the issuer's keys cannot be had
     */
    VerifiedToken validate(String token) {
        CompactToken parsed = CompactToken.parse(token);
        TokenClaims claims = new TokenClaims(parsed.claims());
        TokenIssuerSettings issuer = issuerThatSigned(parsed, claims).settings();
        Instant expiresAt = rules.check(claims, issuer);
        return new VerifiedToken(
                issuer,
                name(claims, "client_id").orElseThrow(() -> refused("the token has no client_id")),
                name(claims, "sub"),
                claims.text("jti"),
                claims.time("iat"),
                expiresAt,
                scopes(claims),
                identities(claims, issuer));
    }

    private TrustedIssuer issuerThatSigned(CompactToken token, TokenClaims claims) {
        Optional<String> iss = claims.text("iss");
        List<TrustedIssuer> possible = issuers.stream()
                .filter(issuer -> iss.map(name -> name.equals(issuer.settings().iss()))
                        .orElse(issuer.settings().issOptional()))
                .toList();
        if (possible.isEmpty()) {
            throw refused(iss.isPresent() ? "the token is of an unknown issuer" : "the token has no issuer");
        }
        boolean algorithmAllowed = false;
        for (TrustedIssuer issuer : possible) {
            if (issuer.settings().algorithms().contains(token.algorithm())) {
                algorithmAllowed = true;
                if (isSignedBy(issuer, token)) {
                    return issuer;
                }
            }
        }
        throw refused(
                algorithmAllowed ? "no key of the issuer verifies the token" : "the token's algorithm is not allowed");
    }

    private boolean isSignedBy(TrustedIssuer issuer, CompactToken token) {
        JWSAlgorithm algorithm = new JWSAlgorithm(token.algorithm());
        for (VerificationKeys.Key key : issuer.keys().candidates(token.keyId(), algorithm)) {
            if (!owners.isShared(issuer, key.thumbprint())
                    && signatures.holds(token.text(), key.thumbprint(), () -> token.isSignedFor(verifier(key.jwk())))) {
                return true;
            }
        }
        return false;
    }

    private static JWSVerifier verifier(JWK key) {
        try {
            return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECKey) key);
        } catch (JOSEException e) {
            throw new IllegalStateException("a key that was found usable is not", e);
        }
    }

    /** A claim that ends in the audit trail: printable and short. */
    private static Optional<String> name(TokenClaims claims, String claim) {
        Optional<String> name = claims.text(claim);
        if (name.filter(text -> text.length() > MAX_NAME || text.chars().anyMatch(Character::isISOControl))
                .isPresent()) {
            throw refused("the token's claim " + claim + " is malformed");
        }
        return name;
    }

    /** RFC 6749 clause 3.3, a space separated list; some servers send an array instead. */
    private static Set<String> scopes(TokenClaims claims) {
        Set<String> scopes = new HashSet<>();
        for (String entry : claims.texts("scope").orElseThrow(() -> refused("the token has no scope"))) {
            Arrays.stream(entry.split(" ")).filter(scope -> !scope.isEmpty()).forEach(scopes::add);
        }
        return scopes;
    }

    private static Map<McService, IdentityUri> identities(TokenClaims claims, TokenIssuerSettings issuer) {
        Map<McService, IdentityUri> identities = new EnumMap<>(McService.class);
        for (McService service : McService.values()) {
            claims.text(service.claim()).ifPresent(claim -> identities.put(service, identity(claim, issuer)));
        }
        return identities;
    }

    private static IdentityUri identity(String claim, TokenIssuerSettings issuer) {
        IdentityUri uri;
        try {
            uri = IdentityUri.parse(claim);
        } catch (InvalidValueException e) {
            throw new KmsException(UNAUTHENTICATED, "an identity in the token " + e.getMessage(), e);
        }
        if (uri.domain().filter(issuer.identityDomains()::contains).isEmpty()) {
            throw refused("an identity in the token is outside the issuer's identity domains");
        }
        return uri;
    }

    private static KmsException refused(String why) {
        return new KmsException(UNAUTHENTICATED, why);
    }
}
