package org.mckms.client.cli.explain;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Explains an access token: a JWT of TS 33.180 annex B.2.2, signed by an identity management server. */
final class TokenExplainer {
    private static final int MAX_OCTETS = 8 * 1024;
    private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256");
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final String COMPACT = "RFC 7515 7.1";
    private static final String TOKEN = "B.2.2.2";
    private static final String IDENTITY = "B.2.2.3";
    private static final String CHECKS = "B.11.2";

    /** Where a header parameter or claim is defined, and what it means. */
    private record Known(String clause, String meaning) {}

    private static final Map<String, Known> HEADER = Map.of(
            "alg", new Known("RFC 7515 4.1.1", "signature algorithm"),
            "kid", new Known("RFC 7515 4.1.4", "which key of the issuer"),
            "typ", new Known("RFC 7515 4.1.9", ""),
            "cty", new Known("RFC 7515 4.1.10", ""),
            "crit", new Known("RFC 7515 4.1.11", "extensions that have to be understood"),
            "x5t#S256", new Known("RFC 7515 4.1.8", ""));
    private static final Map<String, Known> CLAIMS = Map.ofEntries(
            Map.entry("iss", new Known("RFC 7519 4.1.1", "issuer")),
            Map.entry("sub", new Known("RFC 7519 4.1.2", "subject")),
            Map.entry("aud", new Known("RFC 7519 4.1.3", "for whom the token is")),
            Map.entry("exp", new Known(TOKEN, "expires")),
            Map.entry("nbf", new Known("RFC 7519 4.1.5", "not before")),
            Map.entry("iat", new Known("RFC 7519 4.1.6", "issued at")),
            Map.entry("jti", new Known("RFC 7519 4.1.7", "number of the token")),
            Map.entry("scope", new Known(TOKEN, "what it is good for")),
            Map.entry("client_id", new Known(TOKEN, "the client")));

    private final Instant now;

    TokenExplainer(Instant now) {
        this.now = now;
    }

    /** @param token compact serialization, perhaps with the word Bearer before it */
    Explanation explain(String token) {
        ExplanationBuilder out = new ExplanationBuilder();
        if (token.length() > MAX_OCTETS) {
            out.fault(CHECKS, "the token has " + token.length() + " octets, more than the " + MAX_OCTETS + " accepted");
            return out.build(DocumentKind.ACCESS_TOKEN);
        }
        String[] parts = withoutBearer(token).split("\\.", -1);
        if (parts.length != 3) {
            out.fault(COMPACT, "a signed token has three parts between dots, not " + parts.length);
            return out.build(DocumentKind.ACCESS_TOKEN);
        }
        Optional<JsonObject> header = part(out, "header", parts[0]);
        header.ifPresent(json -> header(out, json));
        Optional<JsonObject> claims = part(out, "claims", parts[1]);
        claims.ifPresent(json -> claims(out, json));
        signature(out, parts[2]);
        return out.build(DocumentKind.ACCESS_TOKEN);
    }

    static String withoutBearer(String token) {
        String text = token.strip();
        return text.regionMatches(true, 0, "Bearer ", 0, 7) ? text.substring(7).strip() : text;
    }

    private static Optional<JsonObject> part(ExplanationBuilder out, String name, String text) {
        Optional<JsonObject> json = base64Url(text)
                .map(octets -> new String(octets, StandardCharsets.UTF_8))
                .flatMap(StrictJson::object);
        if (json.isEmpty()) {
            out.fault(COMPACT, "the " + name + " is not base64url of one JSON object without duplicate names");
        }
        return json;
    }

    private static void header(ExplanationBuilder out, JsonObject header) {
        out.enter(COMPACT, "header", "", "");
        header.forEach((name, value) -> {
            Known known = HEADER.getOrDefault(name, new Known("RFC 7515 4", "not looked at"));
            Reading reading = Reading.of(StrictJson.plain(value), known.meaning());
            if (name.equals("alg") && !(value instanceof JsonString alg && ALGORITHMS.contains(alg.getString()))) {
                reading = Reading.wrong(reading.value(), "is none of " + String.join(", ", new TreeSet<>(ALGORITHMS)));
            } else if (name.equals("crit")) {
                reading = Reading.wrong(reading.value(), "names extensions; a KMS understands none");
            }
            out.field(known.clause(), name, reading);
        });
        require(out, header, "alg", "RFC 7515 4.1.1");
        out.leave();
    }

    private void claims(ExplanationBuilder out, JsonObject claims) {
        out.enter("RFC 7519 4", "claims", "", "");
        claims.forEach((name, value) -> {
            Known known = CLAIMS.get(name);
            if (known != null) {
                out.field(known.clause(), name, claim(name, value).explainedBy(known.meaning()));
            } else if (McScopes.identityClaims().contains(name)) {
                out.field(IDENTITY, name, identity(value));
            } else {
                out.field("RFC 7519 4", name, StrictJson.plain(value), "not looked at");
            }
        });
        for (String name : List.of("exp", "scope", "client_id")) {
            require(out, claims, name, TOKEN);
        }
        keyManagement(out, claims);
        out.leave();
    }

    private Reading claim(String name, JsonValue value) {
        String shown = StrictJson.plain(value);
        return switch (name) {
            case "exp", "nbf", "iat" -> time(name, value);
            case "scope" ->
                value instanceof JsonString || value instanceof JsonArray
                        ? Reading.of(shown, value instanceof JsonArray ? "variant: an array" : "")
                        : Reading.wrong(shown, "is no text");
            case "aud" ->
                value instanceof JsonString || value instanceof JsonArray
                        ? Reading.of(shown, "")
                        : Reading.wrong(shown, "is neither text nor a list");
            default -> value instanceof JsonString ? Reading.of(shown, "") : Reading.wrong(shown, "is no text");
        };
    }

    private Reading time(String name, JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
            return Reading.wrong(StrictJson.plain(value), "is no number of seconds since 1970");
        }
        Optional<Instant> possible =
                StrictJson.seconds(number).filter(TokenExplainer::inOurEra).map(Instant::ofEpochSecond);
        if (possible.isEmpty()) {
            return Reading.wrong(StrictJson.plain(value), "is no possible time");
        }
        Instant time = possible.get();
        String shown = StrictJson.plain(value);
        if (name.equals("exp") && !now.isBefore(time.plus(LEEWAY))) {
            return Reading.wrong(shown, "the token expired at " + time);
        }
        if (!name.equals("exp") && now.plus(LEEWAY).isBefore(time)) {
            return Reading.wrong(shown, "is in the future: " + time);
        }
        return Reading.of(shown, time.toString());
    }

    private static boolean inOurEra(long seconds) {
        return seconds >= 0 && seconds <= LAST_SECOND;
    }

    private static Reading identity(JsonValue value) {
        return value instanceof JsonString text
                ? SimpleValues.URI.read(text.getString()).explainedBy("the identity; keys go to this URI only")
                : Reading.wrong(StrictJson.plain(value), "is no text");
    }

    private static void keyManagement(ExplanationBuilder out, JsonObject claims) {
        Set<String> scopes = StrictJson.words(claims.get("scope"));
        Set<String> services = McScopes.servicesOf(scopes);
        if (services.isEmpty()) {
            out.fault(
                    TOKEN,
                    "the scope has no key management; a KMS wants one such as " + McScopes.exampleKeyManagementScope());
            return;
        }
        services.stream()
                .filter(claim -> !claims.containsKey(claim))
                .forEach(claim -> out.fault(IDENTITY, "the scope needs the claim " + claim + ", which is missing"));
    }

    private static void signature(ExplanationBuilder out, String text) {
        Optional<byte[]> octets = base64Url(text);
        out.field(
                "RFC 7515 5.1",
                "signature",
                octets.filter(signature -> signature.length > 0)
                        .map(signature -> Reading.of(text, signature.length + " octets"))
                        .orElseGet(() -> Reading.wrong(text, "is not base64url of a signature")));
    }

    private static void require(ExplanationBuilder out, JsonObject object, String name, String clause) {
        if (!object.containsKey(name)) {
            out.fault(clause, "has no " + name);
        }
    }

    private static Optional<byte[]> base64Url(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
