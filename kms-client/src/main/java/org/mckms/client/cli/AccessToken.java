package org.mckms.client.cli;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An access token as a client sees it: an opaque text to be shown to the KMS. Its claims are read without any check, only
 * to know whose keys to expect; a token that cannot be read is still sent.
 */
record AccessToken(String text) {
    private static final int MAX_CHARACTERS = 8192;

    AccessToken {
        text = text.strip();
        if (text.isEmpty() || text.length() > MAX_CHARACTERS || !text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new CommandFailedException("the access token must be one line of printable characters");
        }
    }

    /** The service user IDs it seems to be for, in the order of {@link Service}. */
    Set<String> identities() {
        Set<String> found = new LinkedHashSet<>();
        Arrays.stream(Service.values())
                .map(service -> claim(service.identityClaim()))
                .flatMap(Optional::stream)
                .forEach(found::add);
        return found;
    }

    /** Its issuer (iss), if it can be read. */
    Optional<String> issuer() {
        return claim("iss");
    }

    /** Its identifier (jti), if it can be read. */
    Optional<String> id() {
        return claim("jti");
    }

    private Optional<String> claim(String name) {
        try {
            JWTClaimsSet claims = JWTParser.parse(text).getJWTClaimsSet();
            return claims == null ? Optional.empty() : Optional.ofNullable(claims.getStringClaim(name));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
