package org.mckms.platform.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * One identity management server whose access tokens are accepted.
 *
 * @param name            the {@code <name>} of {@code kms.issuer.<name>.*}
 * @param iss             expected {@code iss} claim
 * @param audience        expected member of the {@code aud} claim
 * @param jwks            absolute path of a JWKS file or an https URL
 * @param algorithms      JWS algorithms, a subset of ES256, PS256, RS256
 * @param identityDomains domains of the identities this issuer may speak for, lower case
 * @param maxLifetime     longest accepted distance from issue (or now, where {@code iat} may be absent) to {@code exp}
 * @param issOptional     named dialect: a token without {@code iss} is accepted; a present one is still compared
 * @param audOptional     the same for {@code aud}
 * @param iatOptional     the same for {@code iat}; a revocation of such a token does not outlast the memory for revocations
 * @param development     the development IdM of a fresh machine
 */
public record TokenIssuerSettings(
        String name,
        String iss,
        String audience,
        String jwks,
        List<String> algorithms,
        Set<String> identityDomains,
        Duration maxLifetime,
        boolean issOptional,
        boolean audOptional,
        boolean iatOptional,
        boolean development) {

    public TokenIssuerSettings {
        algorithms = List.copyOf(algorithms);
        identityDomains = Set.copyOf(identityDomains);
    }

    /** Whether this issuer's tokens may lack a claim that is otherwise required. */
    public boolean lenient() {
        return issOptional || audOptional || iatOptional;
    }
}
