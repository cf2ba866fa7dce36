package org.mckms.client.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.cli.explain.Explanation.Fault;

/** Verifies the signature of an access token with the published keys of its issuer (RFC 7515 clause 5.2). */
final class TokenSignature {
    private static final String CLAUSE = "B.11.2";
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private final List<JWK> keys;

    private TokenSignature(List<JWK> keys) {
        this.keys = keys;
    }

    /** @throws CommandFailedException if the file is no JWKS */
    static TokenSignature with(Path jwks) {
        try {
            return new TokenSignature(
                    JWKSet.parse(Files.readString(jwks, StandardCharsets.UTF_8)).getKeys());
        } catch (IOException e) {
            throw new CommandFailedException("cannot read the JWKS " + jwks);
        } catch (ParseException e) {
            throw new CommandFailedException(jwks + " is not a JWKS", "a JWKS begins with {\"keys\":");
        }
    }

    /** What is wrong with the signature of a token whose parts are known to be right; empty if a key verifies it. */
    Optional<Fault> faultOf(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(signed.getHeader().getAlgorithm())) {
                return Optional.of(fault("the algorithm is not verified"));
            }
            String wanted = signed.getHeader().getKeyID();
            List<JWK> candidates = keys.stream()
                    .filter(key -> wanted == null || wanted.equals(key.getKeyID()))
                    .toList();
            if (candidates.isEmpty()) {
                return Optional.of(fault("the JWKS has no key named " + wanted));
            }
            return candidates.stream().anyMatch(key -> verifies(key, signed))
                    ? Optional.empty()
                    : Optional.of(fault("no key of the JWKS verifies the signature"));
        } catch (ParseException e) {
            return Optional.of(fault("the token cannot be read: " + e.getMessage()));
        }
    }

    private static boolean verifies(JWK key, SignedJWT token) {
        try {
            Optional<JWSVerifier> verifier = verifier(key);
            return verifier.isPresent()
                    && verifier.get()
                            .supportedJWSAlgorithms()
                            .contains(token.getHeader().getAlgorithm())
                    && token.verify(verifier.get());
        } catch (JOSEException e) {
            return false;
        }
    }

    private static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            return Optional.of(new RSASSAVerifier(rsa));
        }
        return key instanceof ECKey ec ? Optional.of(new ECDSAVerifier(ec)) : Optional.empty();
    }

    private static Fault fault(String what) {
        return new Fault("signature", CLAUSE, what);
    }
}
