package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mckms.it.support.DevelopmentIdm.signed;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.it.support.Csc;
import org.mckms.it.support.DevelopmentIdm;
import org.mckms.it.support.Kms;
import org.mckms.it.support.Observed;
import org.mckms.it.support.Reply;
import org.mckms.it.support.RunningKms;

/** A token that does not hold gets nothing, says nothing, and cannot fill the audit trail. */
@ExtendWith(RunningKms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadTokenIT {
    private static final String ALICE = "sip:alice@example.org";
    private static final String VIDEO_SCOPE = "openid 3gpp:mc:video_key_management_service";

    private final Kms kms;
    private final Csc csc;
    private final DevelopmentIdm idm;

    BadTokenIT(Kms kms) {
        this.kms = kms;
        this.csc = kms.csc();
        this.idm = kms.idm();
    }

    Stream<Arguments> tokensThatDoNotHold() throws Exception {
        JWTClaimsSet good = idm.claims(ALICE).build();
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("foreign").generate();
        Instant now = Instant.now();
        String token = idm.signed(good);
        return Stream.of(
                Arguments.of("no JWT at all", "secret"),
                Arguments.of("empty", ""),
                Arguments.of("alg none", new PlainJWT(good).serialize()),
                Arguments.of("alg none in other case, with the good signature", reheaded(token, "{\"alg\":\"nOnE\"}")),
                Arguments.of("HS256 with the public key as secret", hmacWithPublicKey(good)),
                Arguments.of("key of another IdM", signed(ecHeader().build(), foreign, good)),
                Arguments.of(
                        "key of another IdM under our key id",
                        signed(idm.header().build(), foreign, good)),
                Arguments.of("key id nobody knows", idmSignedAs(idm.header().keyID("nobody"), good)),
                Arguments.of(
                        "own key in the header",
                        signed(ecHeader().jwk(foreign.toPublicJWK()).build(), foreign, good)),
                Arguments.of("critical extension", idmSignedAs(idm.header().criticalParams(Set.of("b64")), good)),
                Arguments.of(
                        "claims changed after signing",
                        withClaims(token, idm.claims("sip:bob@example.org").build())),
                Arguments.of("signature cut short", token.substring(0, token.length() - 4)),
                Arguments.of(
                        "wrong issuer",
                        idm.signed(idm.claims(ALICE)
                                .issuer("https://elsewhere.example")
                                .build())),
                Arguments.of(
                        "no issuer", idm.signed(idm.claims(ALICE).issuer(null).build())),
                Arguments.of(
                        "wrong audience",
                        idm.signed(idm.claims(ALICE).audience("mcptt-server").build())),
                Arguments.of(
                        "no audience",
                        idm.signed(idm.claims(ALICE).audience((String) null).build())),
                Arguments.of(
                        "no expiry",
                        idm.signed(idm.claims(ALICE).expirationTime(null).build())),
                Arguments.of("expired", idm.signed(lasting(now.minusSeconds(900), now.minusSeconds(120)))),
                Arguments.of(
                        "not yet valid",
                        idm.signed(idm.claims(ALICE)
                                .notBeforeTime(Date.from(now.plusSeconds(300)))
                                .build())),
                Arguments.of("issued in the future", idm.signed(lasting(now.plusSeconds(300), now.plusSeconds(900)))),
                Arguments.of("lives for a year", idm.signed(lasting(now, now.plus(Duration.ofDays(365))))),
                Arguments.of(
                        "no client id",
                        idm.signed(idm.claims(ALICE).claim("client_id", null).build())),
                Arguments.of(
                        "no scope, as in an ID token",
                        idm.signed(idm.claims(ALICE).claim("scope", null).build())),
                Arguments.of(
                        "ID token with a nonce",
                        idm.signed(idm.claims(ALICE).claim("nonce", "n-0S6").build())),
                Arguments.of(
                        "ID token for its own client",
                        idm.signed(idm.claims(ALICE)
                                .audience(DevelopmentIdm.CLIENT_ID)
                                .build())),
                Arguments.of(
                        "ID token by its type",
                        idm.signed(idm.claims(ALICE).claim("typ", "ID").build())),
                Arguments.of("identity outside the issuer's domains", idm.user("sip:alice@elsewhere.example")),
                Arguments.of("identity that is no URI", idm.user("alice")),
                Arguments.of(
                        "identity that is a list",
                        idm.signed(idm.claims(ALICE)
                                .claim("mcptt_id", List.of(ALICE, "sip:bob@example.org"))
                                .build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensThatDoNotHold")
    void isAnsweredUnauthenticated(String name, String token) {
        Observed seen = kms.observe(() -> csc.post("/keyprov", token));

        seen.assertUnauthenticated();
        assertThat(seen.reply().header("WWW-Authenticate").orElseThrow()).contains("error=\"invalid_token\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void numbersThatNoParserHoldsAreAnsweredUnauthenticated(boolean inHeader) {
        assertThat(csc.post("/keyprov", idm.withNumber(ALICE, "1", inHeader)).status())
                .isEqualTo(200);
        for (String number : DevelopmentIdm.UNREADABLE_NUMBERS) {
            kms.observe(() -> csc.post("/keyprov", idm.withNumber(ALICE, number, inHeader)))
                    .assertUnauthenticated();
        }
    }

    @Test
    void noTokenIsAnsweredUnauthenticated() {
        kms.observe(() -> csc.send(csc.to("/keyprov")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build()))
                .assertUnauthenticated();
    }

    @Test
    void otherSchemeThanBearerIsAnsweredUnauthenticated() {
        kms.observe(() -> csc.send(csc.to("/keyprov")
                        .header("Authorization", "Basic YWxpY2U6c2VjcmV0")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build()))
                .assertUnauthenticated();
    }

    @Test
    void tokenOutsideTheHeaderIsNotRead() throws IOException {
        String form = "access_token=" + idm.user(ALICE);
        HttpRequest inBody = csc.to("/keyprov")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();

        kms.observe(() -> csc.send(inBody)).assertUnauthenticated();
        kms.observe(() -> raw(List.of("POST " + Csc.ROOT + "/keyprov?" + form + " HTTP/1.1", "Content-Length: 0")))
                .assertNothingIssued();
    }

    @Test
    void assertedIdentityHeaderWithoutATokenIsRefused() {
        assertAssertionRefused(csc.to("/keyprov"));
    }

    @Test
    void assertedIdentityHeaderBesideATokenIsRefused() {
        assertAssertionRefused(csc.with(idm.user(ALICE), "/keyprov"));
    }

    private void assertAssertionRefused(HttpRequest.Builder request) {
        Observed seen = kms.observe(() -> csc.send(request.header("X-3GPP-Asserted-Identity", "\"sip:gms@example.org\"")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build()));

        assertThat(seen.reply().status()).isEqualTo(403);
        assertThat(seen.reply().body()).isEmpty();
        seen.assertNothingIssued();
    }

    @Test
    void twoAuthorizationHeadersAreAmbiguous() {
        String header = "Authorization: Bearer " + idm.user(ALICE);

        Observed seen = kms.observe(
                () -> raw(List.of("POST " + Csc.ROOT + "/keyprov HTTP/1.1", header, header, "Content-Length: 0")));

        assertThat(seen.reply().status()).isEqualTo(400);
        seen.assertNothingIssued();
    }

    @Test
    void scopeWithoutKeyManagementIsInsufficient() {
        assertInsufficientScope(idm.claims(ALICE).claim("scope", "openid 3gpp:mc:ptt_service"));
    }

    @Test
    void scopeOfOneServiceWithTheClaimOfAnotherIsInsufficient() {
        assertInsufficientScope(idm.claims(ALICE).claim("scope", VIDEO_SCOPE));
    }

    private void assertInsufficientScope(JWTClaimsSet.Builder claims) {
        Observed seen = kms.observe(() -> csc.post("/keyprov", idm.signed(claims.build())));

        seen.assertRefused(403, 4030);
        assertThat(seen.reply().header("WWW-Authenticate").orElseThrow()).contains("error=\"insufficient_scope\"");
    }

    @Test
    void userTokenWithTheUriOfAServerIsRefused() {
        for (String reserved : List.of("sip:gms@example.org", "sip:mcptt-server@example.org", "SIP:gms@example.org")) {
            kms.observe(() -> csc.post("/keyprov", idm.user(reserved))).assertRefused(403, 403);
        }
    }

    @Test
    void tokenOfAServerWithoutItsCertificateIsRecordedByItsClient() {
        String token = idm.signed(
                idm.claims("sip:gms@example.org").claim("client_id", "gms").build());

        Observed seen = kms.observe(() -> csc.post("/keyprov", token));

        seen.assertRefused(403, 403);
        JsonObject record = seen.of("REQUEST_REFUSED").get(0);
        assertThat(record.getString("actor")).isEqualTo("client:gms@development");
        assertThat(record.getJsonObject("details").getString("clientId")).isEqualTo("gms");
        assertThat(record.getJsonObject("details").getString("reason")).contains("sip:gms@example.org");
    }

    @Test
    void identityOfAServiceOutsideTheScopeGetsNoKeys() {
        String token = idm.signed(idm.claims(ALICE)
                .claim("mcvideo_id", "sip:video-only@example.org")
                .build());

        assertThat(csc.post("/keyprov", token).text()).contains(ALICE).doesNotContain("sip:video-only@example.org");
        Observed asked = kms.observe(() -> csc.post("/keyprov/sip:video-only@example.org", token));
        asked.assertRefused(403, 403);
    }

    private Reply raw(List<String> lines) {
        try {
            return csc.raw().exchange(lines, new byte[0]);
        } catch (IOException e) {
            throw new AssertionError("not answered: " + lines.get(0), e);
        }
    }

    private static JWSHeader.Builder ecHeader() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("foreign");
    }

    private String idmSignedAs(JWSHeader.Builder header, JWTClaimsSet claims) {
        return signed(header.build(), idm.key(), claims);
    }

    private JWTClaimsSet lasting(Instant from, Instant to) {
        return idm.claims(ALICE)
                .issueTime(Date.from(from))
                .expirationTime(Date.from(to))
                .build();
    }

    private String hmacWithPublicKey(JWTClaimsSet claims) {
        byte[] publicKey = idm.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        OctetSequenceKey secret = new OctetSequenceKey.Builder(publicKey).build();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID(idm.key().getKeyID())
                .build();
        return signed(header, secret, claims);
    }

    private static String reheaded(String token, String header) {
        return Base64URL.encode(header) + token.substring(token.indexOf('.'));
    }

    private static String withClaims(String token, JWTClaimsSet claims) {
        String[] parts = token.split("\\.");
        return parts[0] + "." + Base64URL.encode(claims.toString()) + "." + parts[2];
    }
}
