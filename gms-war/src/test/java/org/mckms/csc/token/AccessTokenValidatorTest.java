package org.mckms.csc.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mckms.csc.token.TestIdm.claims;
import static org.mckms.csc.token.TestIdm.es256;
import static org.mckms.csc.token.TestIdm.hs256;
import static org.mckms.csc.token.TestIdm.jwks;
import static org.mckms.csc.token.TestIdm.ps256;
import static org.mckms.csc.token.TestIdm.rs256;
import static org.mckms.csc.token.TestIdm.rsaJwk;
import static org.mckms.csc.token.TestIdm.withSignature;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class AccessTokenValidatorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long T = NOW.getEpochSecond();
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"typ\":\"at+jwt\"}";

    private static final KeyPair LENIENT_KEY = TestIdm.rsa(2048);

    private final SettableClock clock = new SettableClock(NOW);
    private final AccessTokenValidator validator = new AccessTokenValidator(
            List.of(
                    new TrustedIssuer(
                            TestSettings.strict(),
                            cache(rsaJwk(TestIdm.RSA, "rsa", ""), TestIdm.ecJwk(TestIdm.EC, "P-256", "ec", ""))),
                    new TrustedIssuer(TestSettings.lenient(), cache(rsaJwk(LENIENT_KEY, "old", "")))),
            clock);

    private JwkSetCache cache(String... keys) {
        return new JwkSetCache(new FakeJwkSetSource(jwks(keys)), JwkSetCache.Limits.STANDARD, clock);
    }

    /** The claims of a good token; a test changes, adds or (with null) removes some. */
    private static String good(String... changes) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("iss", "\"" + TestSettings.ISS + "\"");
        members.put("aud", "\"" + TestSettings.AUDIENCE + "\"");
        members.put("sub", "\"alice\"");
        members.put("client_id", "\"app\"");
        members.put("scope", "\"openid 3gpp:mc:ptt_key_management_service\"");
        members.put("mcptt_id", "\"sip:alice@example.org\"");
        members.put("iat", Long.toString(T - 60));
        members.put("exp", Long.toString(T + 3600));
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1] == null) {
                members.remove(changes[i]);
            } else {
                members.put(changes[i], changes[i + 1]);
            }
        }
        return claims(members);
    }

    private static String signed(String claims) {
        return rs256(TestIdm.RSA, HEADER, claims);
    }

    private static String withHeader(String header) {
        return rs256(TestIdm.RSA, header, good());
    }

    @Test
    void readsWhatAGoodTokenSays() {
        VerifiedToken token = validator.validate(signed(good()));
        assertThat(token.issuer().name()).isEqualTo("main");
        assertThat(token.clientId()).isEqualTo("app");
        assertThat(token.subject()).contains("alice");
        assertThat(token.id()).isEmpty();
        assertThat(token.issuedAt()).contains(NOW.minusSeconds(60));
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(token.scopes()).containsExactlyInAnyOrder("openid", "3gpp:mc:ptt_key_management_service");
        assertThat(token.identities()).hasSize(1);
        assertThat(token.identities().get(McService.MCPTT).text()).isEqualTo("sip:alice@example.org");
    }

    @Test
    void readsTheNameOfAToken() {
        assertThat(validator.validate(signed(good("jti", "\"a-7\""))).id()).contains("a-7");
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("RS256", signed(good())),
                arguments("PS256", ps256(TestIdm.RSA, "{\"alg\":\"PS256\",\"kid\":\"rsa\"}", good())),
                arguments("ES256", es256(TestIdm.EC, "{\"alg\":\"ES256\",\"kid\":\"ec\"}", good())),
                arguments("no kid", withHeader("{\"alg\":\"RS256\"}")),
                arguments("typ JWT", withHeader("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")),
                arguments("typ with prefix", withHeader("{\"alg\":\"RS256\",\"typ\":\"application/at+jwt\"}")),
                arguments(
                        "certificate thumbprint only names a key", withHeader("{\"alg\":\"RS256\",\"x5t\":\"AAAA\"}")),
                arguments(
                        "scope as array", signed(good("scope", "[\"openid\",\"3gpp:mc:ptt_key_management_service\"]"))),
                arguments("audience as array", signed(good("aud", "[\"account\",\"kms.example.org\"]"))),
                arguments("no sub", signed(good("sub", null))),
                arguments("auth_time is no sign of an ID token", signed(good("auth_time", "1"))),
                arguments("typ claim Bearer", signed(good("typ", "\"Bearer\""))),
                arguments("expired within the leeway", signed(good("exp", Long.toString(T - 29)))),
                arguments("nbf within the leeway", signed(good("nbf", Long.toString(T + 30)))),
                arguments("iat within the leeway", signed(good("iat", Long.toString(T + 30)))),
                arguments("longest lifetime", signed(good("iat", "" + T, "exp", "" + (T + 12 * 3600)))),
                arguments("fraction of a second", signed(good("exp", (T + 10) + ".5"))),
                arguments("unknown claims", signed(good("mcrec_id", "{\"a\":[1,{\"b\":null}]}"))),
                arguments("lenient issuer", lenient("iss", null, "aud", null, "iat", null)),
                arguments("lenient issuer, right iss and aud", lenient()));
    }

    private static String lenient(String... changes) {
        String[] base = {"iss", "\"https://old.example.net\"", "mcptt_id", "\"sip:bob@example.net\""};
        String[] all = Arrays.copyOf(base, base.length + changes.length);
        System.arraycopy(changes, 0, all, base.length, changes.length);
        return rs256(LENIENT_KEY, "{\"alg\":\"RS256\",\"kid\":\"old\"}", good(all));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepted(String what, String token) {
        assertThat(validator.validate(token).clientId()).isEqualTo("app");
    }

    static Stream<Arguments> badHeaders() {
        byte[] publicKey = TestIdm.RSA.getPublic().getEncoded();
        byte[] pem = pem(publicKey);
        String hs = "{\"alg\":\"HS256\",\"kid\":\"rsa\"}";
        return Stream.of(
                arguments("alg none, empty signature", unsigned("none") + "."),
                arguments("alg none, no third part", unsigned("none")),
                arguments("alg none with a signature", withSignature("{\"alg\":\"none\"}", good(), new byte[] {1})),
                arguments("alg nOnE", withSignature("{\"alg\":\"nOnE\"}", good(), new byte[] {1})),
                arguments("HS256 with the public key", hs256(publicKey, hs, good())),
                arguments("HS256 with the public key in PEM", hs256(pem, hs, good())),
                arguments("HS256 without kid", hs256(publicKey, "{\"alg\":\"HS256\"}", good())),
                arguments("algorithm outside the list", withHeader("{\"alg\":\"RS512\",\"kid\":\"rsa\"}")),
                arguments("ES256 announced for an RSA key", withHeader("{\"alg\":\"ES256\",\"kid\":\"rsa\"}")),
                arguments("PS256 announced, RS256 made", withHeader("{\"alg\":\"PS256\",\"kid\":\"rsa\"}")),
                arguments("alg missing", withHeader("{\"kid\":\"rsa\"}")),
                arguments("alg no string", withHeader("{\"alg\":1}")),
                arguments("alg twice", withHeader("{\"alg\":\"RS256\",\"alg\":\"RS256\"}")),
                arguments("unknown kid", withHeader("{\"alg\":\"RS256\",\"kid\":\"other\"}")),
                arguments("kid of another issuer", withHeader("{\"alg\":\"RS256\",\"kid\":\"old\"}")),
                arguments("kid no string", withHeader("{\"alg\":\"RS256\",\"kid\":7}")),
                arguments("crit", withHeader("{\"alg\":\"RS256\",\"crit\":[\"exp\"],\"exp\":1}")),
                arguments("b64", withHeader("{\"alg\":\"RS256\",\"b64\":true}")),
                arguments("jku", withHeader("{\"alg\":\"RS256\",\"jku\":\"https://evil.example/jwks\"}")),
                arguments("jwk", ownKeyToken("jwk", rsaJwk(TestIdm.STRANGER, "rsa", ""))),
                arguments("x5u", withHeader("{\"alg\":\"RS256\",\"x5u\":\"https://evil.example/x\"}")),
                arguments("x5c", withHeader("{\"alg\":\"RS256\",\"x5c\":[\"AAAA\"]}")),
                arguments("jku null", withHeader("{\"alg\":\"RS256\",\"jku\":null}")),
                arguments("number with an exponent beyond all", withHeader(number("1e99999999999"))),
                arguments("number with the least exponent", withHeader(number("1e-2147483648"))),
                arguments("number of 1200 digits", withHeader(number("1".repeat(1200)))),
                arguments("another kind of JWT", withHeader("{\"alg\":\"RS256\",\"typ\":\"logout+jwt\"}")),
                arguments("typ no string", withHeader("{\"alg\":\"RS256\",\"typ\":1}")),
                arguments(
                        "ES256 signature of zeros",
                        withSignature("{\"alg\":\"ES256\",\"kid\":\"ec\"}", good(), new byte[64])),
                arguments("signed by a stranger", rs256(TestIdm.STRANGER, HEADER, good())),
                arguments("signed by another issuer", rs256(LENIENT_KEY, HEADER, good())));
    }

    private static String number(String number) {
        return "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"exp\":" + number + "}";
    }

    private static String ownKeyToken(String parameter, String value) {
        return rs256(TestIdm.STRANGER, "{\"alg\":\"RS256\",\"" + parameter + "\":" + value + "}", good());
    }

    private static String unsigned(String algorithm) {
        return TestIdm.base64url(("{\"alg\":\"" + algorithm + "\"}").getBytes(StandardCharsets.UTF_8)) + "."
                + TestIdm.base64url(good().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] pem(byte[] der) {
        return ("-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static Stream<Arguments> badClaims() {
        return Stream.of(
                arguments("no iss", good("iss", null)),
                arguments("wrong iss", good("iss", "\"https://evil.example\"")),
                arguments("iss with another end", good("iss", "\"" + TestSettings.ISS + "/\"")),
                arguments("iss no string", good("iss", "[\"" + TestSettings.ISS + "\"]")),
                arguments("iss of the lenient issuer", good("iss", "\"https://old.example.net\"")),
                arguments("no aud", good("aud", null)),
                arguments("wrong aud", good("aud", "\"account\"")),
                arguments("empty aud", good("aud", "[]")),
                arguments("aud no text", good("aud", "[1]")),
                arguments("no exp", good("exp", null)),
                arguments("exp as text", good("exp", "\"" + (T + 3600) + "\"")),
                arguments("exp null", good("exp", "null")),
                arguments("expired", good("exp", Long.toString(T - 30))),
                arguments("exp negative", good("exp", "-1")),
                arguments("exp beyond all years", good("exp", "1e300")),
                arguments("exp of a million digits' worth", good("exp", "1e999999999")),
                arguments("exp next to nothing", good("exp", "1e-999999999")),
                arguments("exp with an exponent beyond all", good("exp", "1e99999999999")),
                arguments("exp with the least exponent", good("exp", "1e-2147483648")),
                arguments("exp of 1200 digits", good("exp", "1".repeat(1200))),
                arguments("fraction of 1200 digits in a claim nobody reads", good("x", "0." + "1".repeat(1200))),
                arguments("lives too long", good("iat", "" + T, "exp", "" + (T + 12 * 3600 + 1))),
                arguments("no iat, in the last hour of a life of any length", good("iat", null)),
                arguments("nbf in the future", good("nbf", Long.toString(T + 31))),
                arguments("iat in the future", good("iat", Long.toString(T + 31))),
                arguments("iat as text", good("iat", "\"1\"")),
                arguments("no scope, as an ID token", good("scope", null)),
                arguments("nonce, as an ID token", good("nonce", "\"n\"")),
                arguments("at_hash, as an ID token", good("at_hash", "\"n\"")),
                arguments("c_hash, as an ID token", good("c_hash", "\"n\"")),
                arguments("for its own client, as an ID token", good("client_id", "\"kms.example.org\"")),
                arguments("for its azp, as an ID token", good("client_id", null, "azp", "\"kms.example.org\"")),
                arguments("typ claim ID", good("typ", "\"ID\"")),
                arguments("typ claim Refresh", good("typ", "\"Refresh\"")),
                arguments("no client_id", good("client_id", null)),
                arguments("client_id empty", good("client_id", "\"\"")),
                arguments("client_id with a line break", good("client_id", "\"a\\nb\"")),
                arguments("client_id too long", good("client_id", "\"" + "a".repeat(256) + "\"")),
                arguments("sub with a control character", good("sub", "\"a\\u0000b\"")),
                arguments("jti that is no text", good("jti", "7")),
                arguments("scope no text", good("scope", "{\"a\":1}")),
                arguments("too many scopes in an array", good("scope", "[" + "\"s\",".repeat(64) + "\"s\"]")),
                arguments("identity in a foreign domain", good("mcptt_id", "\"sip:alice@example.com\"")),
                arguments("identity in a domain that ends alike", good("mcptt_id", "\"sip:alice@evilexample.org\"")),
                arguments("identity in a subdomain", good("mcptt_id", "\"sip:alice@sub.example.org\"")),
                arguments("identity in another spelling of the domain", good("mcptt_id", "\"sip:alice@EXAMPLE.ORG\"")),
                arguments("identity of the lenient issuer", good("mcptt_id", "\"sip:bob@example.net\"")),
                arguments("second identity in a foreign domain", good("mcdata_id", "\"sip:alice@example.com\"")),
                arguments("identity with two hosts", good("mcptt_id", "\"sip:a@evil.org;x=@example.org\"")),
                arguments("identity without domain", good("mcptt_id", "\"tel:+4930123456\"")),
                arguments("identity with percent-encoding", good("mcptt_id", "\"sip:user%20x@example.org\"")),
                arguments(
                        "identity with percent-encoding that is not needed",
                        good("mcptt_id", "\"sip:%61@example.org\"")),
                arguments("identity too long", good("mcptt_id", "\"sip:" + "a".repeat(512 - 15) + "@example.org\"")),
                arguments("identity no URI", good("mcptt_id", "\"alice\"")),
                arguments("identity as array", good("mcptt_id", "[\"sip:alice@example.org\"]")),
                arguments("identity empty", good("mcptt_id", "\"\"")),
                arguments("exp twice", good().replace("\"sub\"", "\"exp\":9999999999,\"sub\"")),
                arguments("identity twice", good().replace("\"sub\"", "\"mcptt_id\":\"sip:bob@example.org\",\"sub\"")),
                arguments(
                        "identity twice, once escaped",
                        good().replace("\"sub\"", "\"\\u006dcptt_id\":\"sip:bob@example.org\",\"sub\"")),
                arguments("member twice inside", good("x", "{\"a\":1,\"a\":2}")),
                arguments("two objects", good() + good()),
                arguments("text after the object", good() + "x"),
                arguments("nested too deep", good("x", "[".repeat(20) + "]".repeat(20))),
                arguments("an array", "[" + good() + "]"),
                arguments("no JSON", "hello"),
                arguments("empty object", "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badHeaders(String what, String token) {
        assertRefused(token);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badClaims(String what, String claims) {
        assertRefused(signed(claims));
    }

    @Test
    void refusesAnAlteredToken() {
        String token = signed(good());
        String other = signed(good("mcptt_id", "\"sip:bob@example.org\""));
        String[] parts = token.split("\\.");
        assertRefused(parts[0] + "." + other.split("\\.")[1] + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + "." + other.split("\\.")[2]);
        assertRefused(token.substring(0, token.length() - 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", "....", "e30.e30.e30", "e30.e30."})
    void refusesWhatIsNoCompactToken(String token) {
        assertRefused(token);
    }

    @Test
    void refusesBase64ThatOthersMightReadDifferently() {
        String token = signed(good());
        String[] parts = token.split("\\.");
        assertRefused(parts[0] + "=." + parts[1] + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + "." + parts[2] + "==");
        assertRefused(parts[0] + "." + parts[1] + "~." + parts[2]);
        String lastBitSet =
                parts[2].substring(0, parts[2].length() - 1) + (char) (parts[2].charAt(parts[2].length() - 1) + 1);
        assertRefused(parts[0] + "." + parts[1] + "." + lastBitSet);
    }

    @Test
    void refusesOctetsThatAreNotUtf8() {
        String header = TestIdm.base64url(HEADER.getBytes(StandardCharsets.UTF_8));
        byte[] bad = good("sub", "\"?\"").getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bad.length; i++) {
            bad[i] = bad[i] == '?' ? (byte) 0xC0 : bad[i];
        }
        assertRefused(header + "." + TestIdm.base64url(bad) + ".AAAA");
        byte[] utf16 = good().getBytes(StandardCharsets.UTF_16);
        assertRefused(header + "." + TestIdm.base64url(utf16) + ".AAAA");
    }

    @Test
    void aKeyOfALenientIssuerSpeaksForItsOwnDomainsOnly() {
        assertRefused(lenient("iss", null, "aud", null, "mcptt_id", "\"sip:alice@example.org\""));
        assertRefused(lenient("iss", "\"" + TestSettings.ISS + "\""));
        assertRefused(lenient("aud", "\"account\""));
    }

    @Test
    void aStrictIssuersTokenWithoutIssIsNotTakenForALenientOnes() {
        assertRefused(rs256(TestIdm.RSA, "{\"alg\":\"RS256\"}", good("iss", null, "aud", null)));
    }

    @Test
    void sayingWhyGivesNothingOfTheTokenAway() {
        assertThatThrownBy(() -> validator.validate(signed(good("mcptt_id", "\"sip:secret@example.com\""))))
                .hasMessageNotContaining("secret");
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> validator.validate(token))
                .isInstanceOfSatisfying(
                        KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.UNAUTHENTICATED));
    }
}
