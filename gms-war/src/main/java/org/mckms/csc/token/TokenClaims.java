package org.mckms.csc.token;

import static org.mckms.protocol.error.KmsErrorCode.UNAUTHENTICATED;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.error.KmsException;

/** Typed reading of the claims of one token; a claim of the wrong type is a refusal, never an absence. */
final class TokenClaims {

    private static final int MAX_LIST = 64;
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);
    private static final int MAX_DECIMALS = 9;

    private final JsonObject claims;

    TokenClaims(JsonObject claims) {
        this.claims = claims;
    }

    /** Whether the claim is there at all. */
    boolean has(String name) {
        return claims.containsKey(name);
    }

    /**
     * A claim that is a string and not empty.
     *
     * @throws KmsException UNAUTHENTICATED if it is there but something else
     */
    Optional<String> text(String name) {
        JsonValue value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonString text && !text.getString().isEmpty()) {
            return Optional.of(text.getString());
        }
        throw wrongType(name);
    }

    /**
     * A claim that is one string or an array of strings.
     *
     * @return empty if the claim is absent
     * @throws KmsException UNAUTHENTICATED if it is something else or has over 64 members
     */
    Optional<List<String>> texts(String name) {
        JsonValue value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(List.of(text.getString()));
        }
        if (!(value instanceof JsonArray array) || array.size() > MAX_LIST) {
            throw wrongType(name);
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue member : array) {
            if (!(member instanceof JsonString text)) {
                throw wrongType(name);
            }
            texts.add(text.getString());
        }
        return Optional.of(List.copyOf(texts));
    }

    /**
     * A NumericDate (RFC 7519 clause 2), fractions of a second cut off.
     *
     * @throws KmsException UNAUTHENTICATED if it is no number of seconds from 0 to the end of the year 9999
     */
    Optional<Instant> time(String name) {
        JsonValue value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonNumber number)) {
            throw wrongType(name);
        }
        BigDecimal seconds = number.bigDecimalValue();
        if (Math.abs((long) seconds.scale()) > MAX_DECIMALS || seconds.signum() < 0 || seconds.compareTo(LATEST) > 0) {
            throw wrongType(name);
        }
        return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
    }

    private static KmsException wrongType(String name) {
        return new KmsException(UNAUTHENTICATED, "the token's claim " + name + " is malformed");
    }
}
