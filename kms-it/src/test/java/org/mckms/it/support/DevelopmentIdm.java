package org.mckms.it.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Mints access tokens (TS 33.180 annex B.2.2), good and bad ones, with the key of the development IdM.
 *
 * @param key the private key whose public half the server has in its JWKS
 */
public record DevelopmentIdm(JWK key, String issuer, String audience, Clock clock) {
    /** The client_id in the tokens of users. */
    public static final String CLIENT_ID = "it-client";

    /** JSON numbers (RFC 8259 clause 6) with an exponent or length beyond what parsers hold. */
    public static final List<String> UNREADABLE_NUMBERS = List.of("1e99999999999", "1e-2147483648", "1".repeat(1200));

    /** The scope of Rel-14 and later for the key management of MCPTT. */
    public static final String PTT_SCOPE = "openid 3gpp:mc:ptt_key_management_service";

    /** The same IdM with another clock. */
    public DevelopmentIdm at(Clock other) {
        return new DevelopmentIdm(key, issuer, audience, other);
    }

    /** A good token for an MCPTT user. */
    public String user(String mcpttId) {
        return signed(claims(mcpttId).build());
    }

    /** The claims of a good token for an MCPTT user, valid for five minutes, to be changed by a test. */
    public JWTClaimsSet.Builder claims(String mcpttId) {
        return bare().claim("mcptt_id", mcpttId).claim("scope", PTT_SCOPE);
    }

    /** Claims of a good token without scope and identity. */
    public JWTClaimsSet.Builder bare() {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
                .jwtID(UUID.randomUUID().toString())
                .claim("client_id", CLIENT_ID);
    }

    /** Signs as this IdM does: its algorithm, its key id. */
    public String signed(JWTClaimsSet claims) {
        return signed(header().build(), key, claims);
    }

    /** The header of this IdM's access tokens, to be changed by a test. */
    public JWSHeader.Builder header() {
        return new JWSHeader.Builder(algorithm(key)).keyID(key.getKeyID());
    }

    /** Signs with any key and header. */
    public static String signed(JWSHeader header, JWK key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError("cannot sign a test token", e);
        }
    }

    /**
     * Signs a header and a payload that are a good token's but for a further member, a number written as given. It may be
     * one that no library would write.
     *
     * @param inHeader whether the header has the number, else the payload
     */
    public String withNumber(String mcpttId, String number, boolean inHeader) {
        String header = header().build().toString();
        String payload = claims(mcpttId).build().toString();
        String member = ",\"n\":" + number + "}";
        String input = Base64URL.encode(inHeader ? header.replaceAll("}$", member) : header) + "."
                + Base64URL.encode(inHeader ? payload : payload.replaceAll("}$", member));
        try {
            return input + "." + signer(key).sign(header().build(), input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new AssertionError("cannot sign a test token", e);
        }
    }

    private static JWSAlgorithm algorithm(JWK key) {
        return key instanceof RSAKey ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256;
    }

    private static JWSSigner signer(JWK key) throws JOSEException {
        if (key instanceof ECKey ec) {
            return new ECDSASigner(ec);
        }
        if (key instanceof RSAKey rsa) {
            return new RSASSASigner(rsa);
        }
        return new MACSigner((OctetSequenceKey) key);
    }
}
