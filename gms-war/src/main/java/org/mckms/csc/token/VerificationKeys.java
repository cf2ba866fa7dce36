package org.mckms.csc.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The public keys of a JWKS that may verify an access token: RSA of 2048 to 8192 bits and EC on P-256, meant for
 * signatures. Everything else in the set (other curves, short RSA keys, symmetric keys, encryption keys) is as if it
 * were not there.
 */
record VerificationKeys(List<Key> usable) {

    private static final int MAX_KEYS = 64;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;

    /** Without a key id in the token at most this many keys are tried, so that one token costs bounded work. */
    private static final int MAX_TRIED = 4;

    /**
     * A key with what it is known by across issuers.
     *
     * @param thumbprint RFC 7638, SHA-256, over the numbers of the key in their canonical form, so that one key has one
     *     thumbprint however it is written
     */
    record Key(JWK jwk, String thumbprint) {}

    VerificationKeys {
        usable = List.copyOf(usable);
    }

    /**
     * Reads a JWKS.
     *
     * @throws IOException if it is no JWKS, has over 64 keys, holds a private key (which then is no secret any more),
     *     or has no usable key
     */
    static VerificationKeys parse(byte[] jwks) throws IOException {
        List<JWK> all;
        try {
            all = JWKSet.parse(new String(jwks, StandardCharsets.UTF_8)).getKeys();
        } catch (ParseException | RuntimeException e) {
            throw new IOException("not a JWKS: " + e.getMessage(), e);
        }
        if (all.size() > MAX_KEYS) {
            throw new IOException("over " + MAX_KEYS + " keys");
        }
        if (all.stream().anyMatch(key -> (key instanceof RSAKey || key instanceof ECKey) && key.isPrivate())) {
            throw new IOException("the set holds a private key; publish the public part only and replace that key");
        }
        List<Key> usable = new ArrayList<>();
        for (JWK key : all) {
            if (isUsable(key)) {
                usable.add(new Key(key, thumbprint(key)));
            }
        }
        if (usable.isEmpty()) {
            throw new IOException("no key that may verify an access token (RSA from 2048 bits, EC P-256)");
        }
        return new VerificationKeys(usable);
    }

    private static String thumbprint(JWK key) throws IOException {
        try {
            JWK canonical = key instanceof RSAKey rsa
                    ? new RSAKey.Builder(rsa.toRSAPublicKey()).build()
                    : new ECKey.Builder(Curve.P_256, ((ECKey) key).toECPublicKey()).build();
            return canonical.computeThumbprint().toString();
        } catch (JOSEException | RuntimeException e) {
            throw new IOException("a key of the set is none: " + e.getMessage(), e);
        }
    }

    private static boolean isUsable(JWK key) {
        boolean forSignatures = (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
        return forSignatures && isStrong(key);
    }

    private static boolean isStrong(JWK key) {
        if (key instanceof RSAKey rsa) {
            BigInteger exponent = rsa.getPublicExponent().decodeToBigInteger();
            int bits = rsa.getModulus().decodeToBigInteger().bitLength();
            return bits >= MIN_RSA_BITS
                    && bits <= MAX_RSA_BITS
                    && exponent.testBit(0)
                    && exponent.compareTo(BigInteger.TWO) > 0;
        }
        return key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve());
    }

    /** Number of usable keys. */
    int size() {
        return usable.size();
    }

    /** Whether a usable key has this id. */
    boolean has(String keyId) {
        return usable.stream().anyMatch(key -> keyId.equals(key.jwk().getKeyID()));
    }

    /** Whether a usable key has this thumbprint. */
    boolean publishes(String thumbprint) {
        return usable.stream().anyMatch(key -> thumbprint.equals(key.thumbprint()));
    }

    /** The thumbprints of all usable keys. */
    Set<String> thumbprints() {
        return usable.stream().map(Key::thumbprint).collect(Collectors.toSet());
    }

    /**
     * The keys to try for a token: those with its key id, or, if the token has none, all of the right type.
     *
     * @return at most four keys; empty if none fits, or more than four would have to be tried
     */
    List<Key> candidates(Optional<String> keyId, JWSAlgorithm algorithm) {
        List<Key> fitting = usable.stream()
                .filter(key -> keyId.map(id -> id.equals(key.jwk().getKeyID())).orElse(true))
                .filter(key -> fits(key.jwk(), algorithm))
                .toList();
        return fitting.size() > MAX_TRIED ? List.of() : fitting;
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        boolean rightType = JWSAlgorithm.Family.RSA.contains(algorithm)
                ? key instanceof RSAKey
                : algorithm.equals(JWSAlgorithm.ES256) && key instanceof ECKey;
        return rightType && (key.getAlgorithm() == null || algorithm.equals(key.getAlgorithm()));
    }
}
