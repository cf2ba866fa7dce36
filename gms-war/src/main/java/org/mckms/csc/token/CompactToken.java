package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.UNAUTHENTICATED;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import jakarta.json.JsonObject;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mckms.protocol.error.KmsException;

/**
 * A JWS in compact serialization (RFC 7515 clause 7.1), taken apart strictly; its claims are unproven until
 * {@link #isSignedFor} has said yes.
 *
 * <p>Refused before any key is touched: other serializations and encrypted tokens, base64url with foreign characters,
 * padding or stray bits, duplicate members, {@code crit}, and every header parameter by which a token could bring its
 * own key ({@code jku}, {@code jwk}, {@code x5u}, {@code x5c}).
 */
final class CompactToken {

    private static final List<String> REFUSED_PARAMETERS =
            List.of("crit", "jku", "jwk", "x5u", "x5c", "b64", "zip", "enc");

    /** RFC 7519 clause 5.1 and RFC 9068 clause 2.1; absent is allowed as well. */
    private static final Set<String> ACCESS_TOKEN_TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    private final String text;
    private final JsonObject header;
    private final JsonObject claims;
    private final JWSObject jws;

    private CompactToken(String text, JsonObject header, JsonObject claims, JWSObject jws) {
        this.text = text;
        this.header = header;
        this.claims = claims;
        this.jws = jws;
    }

    /**
     * Takes a token apart.
     *
     * @throws KmsException UNAUTHENTICATED if it is anything but one well-formed JWS with a JSON payload
     */
    static CompactToken parse(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw refused("the token is not a JWS in compact serialization");
        }
        JsonObject header =
                StrictJson.object(octets(parts[0])).orElseThrow(() -> refused("the token header is malformed"));
        JsonObject claims =
                StrictJson.object(octets(parts[1])).orElseThrow(() -> refused("the token payload is malformed"));
        octets(parts[2]);
        for (String parameter : REFUSED_PARAMETERS) {
            if (StrictJson.has(header, parameter)) {
                throw refused("the token header has " + parameter);
            }
        }
        if (StrictJson.has(header, "typ")
                && !ACCESS_TOKEN_TYPES.contains(
                        StrictJson.text(header, "typ").orElse("").toLowerCase(Locale.ROOT))) {
            throw refused("the token type is not that of an access token");
        }
        try {
            return new CompactToken(token, header, claims, JWSObject.parse(token));
        } catch (ParseException | RuntimeException e) {
            throw new KmsException(UNAUTHENTICATED, "the token header is malformed", e);
        }
    }

    /** The token as it came. */
    String text() {
        return text;
    }

    /** The {@code alg} header parameter, unproven; empty text if it is absent or no string. */
    String algorithm() {
        return StrictJson.text(header, "alg").orElse("");
    }

    /**
     * The {@code kid} header parameter, unproven.
     *
     * @throws KmsException UNAUTHENTICATED if it is there but no string
     */
    Optional<String> keyId() {
        if (StrictJson.has(header, "kid") && StrictJson.text(header, "kid").isEmpty()) {
            throw refused("the token's key id is no string");
        }
        return StrictJson.text(header, "kid");
    }

    /** The payload, unproven. */
    JsonObject claims() {
        return claims;
    }

    /** Whether the signature verifies with this verifier; a verifier that cannot work on it says no. */
    boolean isSignedFor(JWSVerifier verifier) {
        try {
            return jws.verify(verifier);
        } catch (JOSEException | RuntimeException e) {
            return false;
        }
    }

    private static byte[] octets(String part) {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(part);
            if (part.isEmpty()
                    || !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(octets)
                            .equals(part)) {
                throw refused("the token is not base64url without padding");
            }
            return octets;
        } catch (IllegalArgumentException e) {
            throw new KmsException(UNAUTHENTICATED, "the token is not base64url without padding", e);
        }
    }

    private static KmsException refused(String why) {
        return new KmsException(UNAUTHENTICATED, why);
    }
}
